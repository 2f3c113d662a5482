/*
 * wire NEAR FAR MICROSECONDS: a cable of a length. What one interface receives leaves by the other after that time, in
 * order, both ways. For kernels without netem; needs CAP_NET_RAW, and interfaces whose far ends do no offloading.
 */
#define _GNU_SOURCE
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <arpa/inet.h>
#include <net/if.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>

#ifndef PACKET_IGNORE_OUTGOING
#define PACKET_IGNORE_OUTGOING 23
#endif
#define HELD 16384 /* frames on their way, a power of two */
#define LONGEST 2048

struct frame {
  int64_t due;
  ssize_t length;
  unsigned char bytes[LONGEST];
};

struct lane {
  int from, to;
  uint32_t first, end;
  struct frame *frames;
};

static int64_t now(void) {
  struct timespec at;
  clock_gettime(CLOCK_MONOTONIC, &at);
  return at.tv_sec * 1000000000LL + at.tv_nsec;
}

static int plug(const char *name) {
  int plugged = socket(AF_PACKET, SOCK_RAW | SOCK_NONBLOCK, htons(ETH_P_ALL)), yes = 1, room = 1 << 23;
  struct sockaddr_ll place = {.sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL), .sll_ifindex = (int)if_nametoindex(name)};
  if (plugged < 0 || place.sll_ifindex == 0 || bind(plugged, (struct sockaddr *)&place, sizeof place) < 0) {
    perror(name);
    exit(1);
  }
  /* Else it would hear itself. */
  setsockopt(plugged, SOL_PACKET, PACKET_IGNORE_OUTGOING, &yes, sizeof yes);
  setsockopt(plugged, SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof room);
  setsockopt(plugged, SOL_SOCKET, SO_SNDBUFFORCE, &room, sizeof room);
  return plugged;
}

static struct frame *head(struct lane *lane) { return &lane->frames[lane->first % HELD]; }

/* A full lane drops, as a router does. */
static void take(struct lane *lane, int64_t delay) {
  while (lane->end - lane->first < HELD) {
    struct frame *frame = &lane->frames[lane->end % HELD];
    frame->length = recv(lane->from, frame->bytes, LONGEST, 0);
    if (frame->length <= 0) return;
    frame->due = now() + delay;
    lane->end++;
  }
}

static void deliver(struct lane *lane) {
  for (; lane->first != lane->end && head(lane)->due <= now(); lane->first++)
    if (send(lane->to, head(lane)->bytes, (size_t)head(lane)->length, 0) < 0) perror("wire");
}

int main(int count, char **arguments) {
  if (count != 4) return 2;
  int64_t delay = atoll(arguments[3]) * 1000;
  int near = plug(arguments[1]), far = plug(arguments[2]);
  struct lane lanes[2] = {{.from = near, .to = far}, {.from = far, .to = near}};
  for (int at = 0; at < 2; at++) lanes[at].frames = calloc(HELD, sizeof(struct frame));
  prctl(PR_SET_TIMERSLACK, 1000, 0, 0, 0);
  puts("wired");
  fflush(stdout);
  for (;;) {
    int64_t wait = 1000000000;
    for (int at = 0; at < 2; at++) {
      take(&lanes[at], delay);
      deliver(&lanes[at]);
      if (lanes[at].first != lanes[at].end && head(&lanes[at])->due - now() < wait) wait = head(&lanes[at])->due - now();
    }
    struct timespec time = {.tv_sec = 0, .tv_nsec = wait > 999999999 ? 999999999 : wait < 0 ? 0 : wait};
    struct pollfd ends[2] = {{.fd = near, .events = POLLIN}, {.fd = far, .events = POLLIN}};
    ppoll(ends, 2, &time, NULL);
  }
}
