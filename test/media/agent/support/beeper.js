// Somebody else's agent: it beeps at whoever stops speaking. Nothing of media/agent is in it, only Node and `ws`.
const { existsSync } = require('node:fs');
const { createServer } = require('node:http');
const { WebSocketServer } = require('ws');

const { AUDIO_PORT, STATUS_PORT, NUMBERS, MAX_CALLS, NO_NEW_CALLS_FILE, LEAVING_FILE } = process.env;
const FRAME_MS = 20;
const BEEP_MS = 3_000;
/** Sent ahead, as fast engines do. */
const FRAMES_AT_ONCE = 5;
const QUIET_MS = 300;
const ONSET_MS = 120;
const LOUD = 500;
const numbers = new Set(JSON.parse(NUMBERS).map(({ number }) => number));
const calls = new Set();
let draining = false;

const room = () => (draining ? 0 : MAX_CALLS - calls.size);
const status = () => {
  const leaving = existsSync(LEAVING_FILE);
  const capacity = leaving || existsSync(NO_NEW_CALLS_FILE) ? 0 : room();
  return { calls: calls.size, capacity, draining: draining || leaving };
};

class Call {
  constructor(socket) {
    this.socket = socket;
    this.held = false;
    this.left = 0;
    this.playedUntil = 0;
    this.speaking = 0;
    this.quiet = 0;
    this.timer = setInterval(() => this.beep(), FRAME_MS);
  }

  take(data, isBinary) {
    if (isBinary) {
      this.hear(data);
      return;
    }
    const { event, optimal_frame_size: bytes, channel_variables: variables } = JSON.parse(data);
    if (event === 'MEDIA_START') this.start(bytes, variables);
    if (event === 'MEDIA_XOFF') this.held = true;
    if (event === 'MEDIA_XON') this.held = false;
  }

  start(bytes, { VOICECELL_NUMBER: number }) {
    if (!numbers.has(number)) {
      this.socket.close();
      return;
    }
    const samples = Int16Array.from({ length: bytes / 2 }, (_, at) => (at % 32 < 16 ? 4_000 : -4_000));
    this.frame = Buffer.from(samples.buffer);
    this.say();
  }

  hear(data) {
    const loud = new Int16Array(Uint8Array.from(data).buffer).some((sample) => Math.abs(sample) > LOUD);
    this.quiet = loud ? 0 : this.quiet + FRAME_MS;
    this.speaking += loud ? FRAME_MS : 0;
    if (this.speaking > ONSET_MS && Date.now() < this.playedUntil) this.interrupted();
    if (this.speaking > 0 && this.quiet > QUIET_MS) this.answer();
  }

  interrupted() {
    this.left = 0;
    this.playedUntil = 0;
    this.socket.send(JSON.stringify({ command: 'FLUSH_MEDIA' }));
  }

  answer() {
    if (this.speaking > ONSET_MS) this.say();
    this.speaking = 0;
  }

  say() {
    this.left = BEEP_MS / FRAME_MS;
    this.playedUntil = Date.now() + BEEP_MS;
  }

  beep() {
    for (let count = 0; count < FRAMES_AT_ONCE && !this.held && this.left > 0; count += 1) {
      this.left -= 1;
      this.socket.send(this.frame);
    }
  }
}

const sockets = new WebSocketServer({ noServer: true, handleProtocols: () => 'media' });
sockets.on('connection', (socket) => {
  const call = new Call(socket);
  calls.add(call);
  socket.on('message', (data, isBinary) => call.take(data, isBinary));
  socket.on('close', () => {
    clearInterval(call.timer);
    calls.delete(call);
  });
});

const audio = createServer();
audio.on('upgrade', (request, socket, head) => {
  if (room() > 0) sockets.handleUpgrade(request, socket, head, (one) => sockets.emit('connection', one));
  else socket.end('HTTP/1.1 503 Full\r\nContent-Length: 0\r\n\r\n');
});
audio.listen(AUDIO_PORT, '127.0.0.1');

createServer(({ url }, response) => {
  if (url === '/drain') draining = true;
  response.statusCode = url === '/ready' && status().capacity === 0 ? 503 : 200;
  response.setHeader('connection', 'close');
  response.end(JSON.stringify(status()));
}).listen(STATUS_PORT, '127.0.0.1');
