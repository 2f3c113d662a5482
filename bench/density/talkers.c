/*
 * talkers ADDRESS PORT CALLS SPEECH EVERY_MS HZ: the sound of so many callers, G.711 mu-law in packets of 20 ms, each on an
 * even port of its own from PORT on. A caller sends to whoever sends to it first, says SPEECH every EVERY_MS unless it is being
 * spoken to, and listens for a tone of HZ, the reply. Reads `begin` and `end`; says `sound` when all callers hear something,
 * and a JSON line a caller of what came between the two. Packets are timed by the kernel, so that none is late because this
 * process is; how late it sent itself it says too.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define FRAME 160
#define HEADER 12
#define PTIME 20 /* ms, and slots of a millisecond in which callers take turns */
#define BUCKET_US 100
#define BUCKETS 5000 /* the last one is for all that is longer */
#define AT_ONCE 16
#define MOST_TURNS 256
#define FIRST_MS 2000 /* after the greeting began */
#define QUIET_MS 300
#define LOUD 200.0
#define IS_TONE 0.5
#define MILLION 1000000LL

struct heard {
  uint32_t packets, lost, streams, said, answered, unanswered, worst_us, gaps[BUCKETS], turns, turn_us[MOST_TURNS];
};

struct call {
  int socket, connected, waiting;
  uint16_t sequence;
  uint32_t timestamp, frame, ssrc; /* frame: the next of the speech, none at its end */
  int64_t due, loud_at, said_at, arrived, base, highest;
  uint32_t received;
  struct heard heard;
};

static struct call *calls;
static int count, all_sound, measuring;
static int64_t every, late_us;
static unsigned char *speech;
static uint32_t frames;
static double linear[256], turn_cos;

static int64_t now(clockid_t clock) {
  struct timespec at;
  clock_gettime(clock, &at);
  return at.tv_sec * 1000 * MILLION + at.tv_nsec;
}

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static void tables(double hz) {
  for (int byte = 0; byte < 256; byte++) {
    int value = ~byte & 0xff, magnitude = (((value & 0x0f) << 3) + 0x84) << ((value & 0x70) >> 4);
    linear[byte] = value & 0x80 ? 0x84 - magnitude : magnitude - 0x84;
  }
  turn_cos = 2 * cos(2 * M_PI * hz / 8000);
}

static void read_speech(const char *file) {
  FILE *from = fopen(file, "rb");
  if (!from) fail(file);
  speech = malloc(1 << 20);
  frames = (uint32_t)(fread(speech, 1, 1 << 20, from) / FRAME);
  fclose(from);
}

static void open_call(struct call *call, struct sockaddr_in at) {
  int yes = 1;
  call->socket = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
  if (call->socket < 0 || bind(call->socket, (struct sockaddr *)&at, sizeof at) < 0) fail("talkers");
  setsockopt(call->socket, SOL_SOCKET, SO_TIMESTAMPNS, &yes, sizeof yes);
  call->frame = frames;
}

/* Loud enough to be heard, and whether the tone is most of it (Goertzel). */
static int loud(const unsigned char *payload, int *is_tone) {
  double power = 0, one = 0, two = 0;
  for (int at = 0; at < FRAME; at++) {
    double sample = linear[payload[at]], next = sample + turn_cos * one - two;
    two = one;
    one = next;
    power += sample * sample;
  }
  double tone = one * one + two * two - turn_cos * one * two;
  *is_tone = power > 0 && 2 * tone / (FRAME * power) > IS_TONE;
  return sqrt(power / FRAME) > LOUD;
}

static uint32_t missing(const struct call *call) {
  int64_t expected = call->highest - call->base + 1;
  return expected > call->received ? (uint32_t)(expected - call->received) : 0;
}

static void restart(struct call *call, int64_t base) {
  call->base = base;
  call->received = 0;
}

static void number(struct call *call, uint16_t sequence, uint32_t ssrc) {
  if (call->ssrc != ssrc || call->heard.streams == 0) {
    if (call->heard.streams > 0 && call->ssrc != ssrc) call->heard.lost += missing(call);
    if (call->ssrc != ssrc) restart(call, call->highest = sequence);
    call->ssrc = ssrc;
    call->heard.streams++;
  }
  int64_t extended = call->highest + (int16_t)(sequence - (uint16_t)call->highest);
  if (extended > call->highest) call->highest = extended;
  if (extended >= call->base) call->received++;
}

static void gap(struct call *call, int64_t at) {
  if (call->arrived > 0) {
    uint32_t us = (uint32_t)((at - call->arrived) / 1000), bucket = us / BUCKET_US;
    call->heard.gaps[bucket < BUCKETS ? bucket : BUCKETS - 1]++;
    if (us > call->heard.worst_us) call->heard.worst_us = us;
  }
  call->arrived = at;
}

static void content(struct call *call, const unsigned char *payload, int64_t at) {
  int is_tone;
  if (!loud(payload, &is_tone)) return;
  call->loud_at = at;
  if (!is_tone || !call->waiting) return;
  call->waiting = 0;
  call->heard.answered++;
  if (call->heard.turns < MOST_TURNS) call->heard.turn_us[call->heard.turns++] = (uint32_t)((at - call->said_at) / 1000);
}

static int64_t stamp(struct msghdr *message) {
  struct cmsghdr *part = CMSG_FIRSTHDR(message);
  if (!part || part->cmsg_type != SCM_TIMESTAMPNS) return now(CLOCK_REALTIME);
  struct timespec at;
  memcpy(&at, CMSG_DATA(part), sizeof at);
  return at.tv_sec * 1000 * MILLION + at.tv_nsec;
}

static void answer_to(struct call *call, struct sockaddr_in *from, int64_t at) {
  if (connect(call->socket, (struct sockaddr *)from, sizeof *from) < 0) fail("connect");
  call->connected = 1;
  /* Spread, whatever the rhythm in which the calls came. */
  int64_t spread = (int64_t)((call - calls) * 618) % 1000 * every / 1000;
  call->due = at + FIRST_MS * MILLION + spread * MILLION;
}

static void take(struct call *call, unsigned char *bytes, int length, struct msghdr *message) {
  int64_t at = stamp(message);
  if (!call->connected) answer_to(call, message->msg_name, at);
  if (length != HEADER + FRAME || bytes[0] != 0x80 || (bytes[1] & 0x7f) != 0) return;
  call->heard.packets++;
  number(call, (uint16_t)(bytes[2] << 8 | bytes[3]), (uint32_t)bytes[8] << 24 | bytes[9] << 16 | bytes[10] << 8 | bytes[11]);
  gap(call, at);
  content(call, bytes + HEADER, at);
}

static void hear(struct call *call) {
  static unsigned char bytes[AT_ONCE][2048];
  static char control[AT_ONCE][64];
  struct sockaddr_in from[AT_ONCE];
  struct mmsghdr messages[AT_ONCE];
  struct iovec parts[AT_ONCE];
  for (;;) {
    for (int at = 0; at < AT_ONCE; at++) {
      parts[at] = (struct iovec){.iov_base = bytes[at], .iov_len = sizeof bytes[at]};
      messages[at].msg_hdr = (struct msghdr){.msg_name = &from[at], .msg_namelen = sizeof from[at], .msg_iov = &parts[at],
                                             .msg_iovlen = 1, .msg_control = control[at], .msg_controllen = sizeof control[at]};
    }
    int got = recvmmsg(call->socket, messages, AT_ONCE, 0, NULL);
    for (int at = 0; at < got; at++) take(call, bytes[at], (int)messages[at].msg_len, &messages[at].msg_hdr);
    if (got < AT_ONCE) return;
  }
}

static void begin_speech(struct call *call, int64_t at) {
  if (at < call->due || at < call->loud_at + QUIET_MS * MILLION) return;
  if (call->waiting) call->heard.unanswered++;
  call->waiting = 0;
  call->frame = 0;
  call->due = at + every * MILLION;
}

static void speak(struct call *call) {
  unsigned char packet[HEADER + FRAME];
  int64_t at = now(CLOCK_REALTIME);
  if (call->frame == frames) begin_speech(call, at);
  memset(packet + HEADER, 0xff, FRAME);
  if (call->frame < frames) {
    memcpy(packet + HEADER, speech + call->frame * FRAME, FRAME);
    if (++call->frame == frames) {
      call->said_at = at;
      call->waiting = 1;
      call->heard.said++;
    }
  }
  call->timestamp += FRAME;
  uint32_t head[3] = {htonl(0x80000000u | ++call->sequence), htonl(call->timestamp), htonl(0x5eed0000u + (uint32_t)(call - calls))};
  memcpy(packet, head, HEADER);
  /* A call that has ended is no failure. */
  if (send(call->socket, packet, sizeof packet, 0) < 0 && errno != ECONNREFUSED) perror("send");
}

static void tell_sound(void) {
  if (all_sound) return;
  for (int at = 0; at < count; at++)
    if (!calls[at].connected) return;
  all_sound = 1;
  puts("sound");
}

static void begin(void) {
  for (int at = 0; at < count; at++) {
    memset(&calls[at].heard, 0, sizeof calls[at].heard);
    restart(&calls[at], calls[at].highest + 1);
    /* Turns that have begun are none of these. */
    calls[at].waiting = 0;
  }
  late_us = 0;
  measuring = 1;
}

static void list(const char *name, const uint32_t *values, uint32_t length) {
  printf(",\"%s\":[", name);
  for (uint32_t at = 0; at < length; at++) printf("%s%u", at > 0 ? "," : "", values[at]);
  printf("]");
}

static void tell(struct call *call) {
  struct heard *heard = &call->heard;
  printf("{\"packets\":%u,\"lost\":%u,\"streams\":%u,\"said\":%u,\"answered\":%u,\"unanswered\":%u,\"worstUs\":%u", heard->packets,
         heard->lost + missing(call), heard->streams, heard->said, heard->answered, heard->unanswered, heard->worst_us);
  list("turnUs", heard->turn_us, heard->turns);
  printf(",\"gaps\":[");
  for (uint32_t at = 0, first = 1; at < BUCKETS; at++)
    if (heard->gaps[at] > 0) {
      printf("%s[%u,%u]", first ? "" : ",", (at + 1) * BUCKET_US, heard->gaps[at]);
      first = 0;
    }
  puts("]}");
}

static void obey(void) {
  char word[64];
  ssize_t length = read(STDIN_FILENO, word, sizeof word);
  if (length == 0) exit(0);
  if (length > 0 && word[0] == 'b') begin();
  if (length <= 0 || word[0] != 'e' || !measuring) return;
  for (int at = 0; at < count; at++) tell(&calls[at]);
  printf("{\"sentLateUs\":%lld}\n", (long long)late_us);
  measuring = 0;
}

static void slot(int which) {
  for (int at = which; at < count; at += PTIME) {
    hear(&calls[at]);
    if (calls[at].connected) speak(&calls[at]);
  }
  if (which > 0) return;
  obey();
  tell_sound();
}

int main(int arguments, char **argument) {
  if (arguments != 7) return 2;
  struct sockaddr_in at = {.sin_family = AF_INET};
  inet_pton(AF_INET, argument[1], &at.sin_addr);
  count = atoi(argument[3]);
  every = atoll(argument[5]);
  read_speech(argument[4]);
  tables(atof(argument[6]));
  calls = calloc((size_t)count, sizeof *calls);
  for (int one = 0; one < count; one++) {
    at.sin_port = htons((uint16_t)(atoi(argument[2]) + 2 * one));
    open_call(&calls[one], at);
  }
  fcntl(STDIN_FILENO, F_SETFL, O_NONBLOCK);
  setvbuf(stdout, NULL, _IOLBF, 1 << 16);
  prctl(PR_SET_TIMERSLACK, 1000, 0, 0, 0);
  puts("ready");
  int64_t next = now(CLOCK_MONOTONIC);
  for (int which = 0;; which = (which + 1) % PTIME) {
    next += MILLION;
    struct timespec when = {.tv_sec = next / (1000 * MILLION), .tv_nsec = next % (1000 * MILLION)};
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &when, NULL);
    int64_t late = (now(CLOCK_MONOTONIC) - next) / 1000;
    if (late > late_us) late_us = late;
    slot(which);
  }
}
