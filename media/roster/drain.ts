import { ask } from './kamailio';

/** New calls are refused with 503 from now on; running ones go on. */
void ask(process.env['KAMAILIO_RPC'] ?? '', 'htable.seti', ['ctl', 'drain', 1]).then((done) => {
  process.exitCode = done ? 0 : 1;
});
