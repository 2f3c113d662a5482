import { eventsPage } from '../media/contract/events-page';

process.stdout.write(`${eventsPage()}\n`);
