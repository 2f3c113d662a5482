import type { SipZones } from '../facts/facts';
import type { SipPlan } from '../../regions/plan/types';
import { judge, later, ok, willFail, type Check, type Finding } from '../verdict';

/** The network stack makes a public zone for the hostname's parent; carriers find it when its parent delegates to it. */
export const sipZoneCheck: Check = {
  name: 'SIP zone',
  assess: ({ sip }, { region: { sipZones } }) => {
    const needed = `zone ${sip.zone}, delegated to the name servers of the one that network makes`;
    return [judge(sipZones, needed, (zones) => findingOf(sip, zones, needed))];
  },
};

function findingOf({ zone }: SipPlan, { managed, foreign, delegated }: SipZones, needed: string): Finding {
  if (managed.length > 0) return judge(delegated, needed, (servers) => delegation(zone, managed, servers, needed));
  if (foreign.length > 0)
    return willFail(
      `public zone ${foreign.join(', ')} has the name already: a name is delegated to one zone`,
      needed,
      `choose a hostname below another zone, or give up this one`,
    );
  return later('no such zone yet', needed, `after network stands, delegate ${zone} to the name servers of its zone`);
}

function delegation(zone: string, made: readonly string[], named: readonly string[], needed: string): Finding {
  const servers = new Set(made.map(plain));
  if (named.some((server) => servers.has(plain(server)))) return ok('made and delegated', needed);
  const found = named.length > 0 ? `delegated to ${named.map(plain).join(', ')}` : 'made, and not delegated';
  return willFail(found, needed, `in the parent of ${zone}, set NS records: ${[...servers].join(', ')}`);
}

const plain = (server: string): string => server.toLowerCase().replace(/\.$/, '');
