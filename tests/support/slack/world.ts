// What the local Slack knows: teams, people, channels, messages, views and files. Data and look-ups only.

export interface Team {
  readonly id: string;
  readonly name: string;
  readonly botToken: string;
  readonly botUser: string;
  readonly botId: string;
}

export interface Member {
  readonly id: string;
  readonly team: string;
  readonly name: string;
  readonly admin: boolean;
  readonly owner?: boolean;
}

export interface Message {
  readonly ts: string;
  text: string;
  blocks: readonly Block[];
  readonly user: string;
  readonly metadata?: { readonly event_type: string; readonly event_payload: Record<string, unknown> };
  readonly thread_ts?: string;
  /** Only this person sees it. */
  readonly ephemeralFor?: string;
  deleted?: boolean;
}

export type Block = Readonly<Record<string, unknown>> & { readonly type: string };

export interface Channel {
  readonly id: string;
  readonly team: string;
  readonly name: string;
  archived: boolean;
  /** Whether the bot is in it. */
  member: boolean;
  /** The person, in a direct message. */
  readonly im?: string;
  readonly messages: Message[];
}

export interface View {
  readonly id: string;
  readonly user: string;
  readonly team: string;
  readonly type: 'modal' | 'home';
  hash: string;
  body: Readonly<Record<string, unknown>> & { readonly blocks: readonly Block[] };
}

export interface StoredFile {
  readonly id: string;
  readonly name: string;
  readonly alt: string;
  bytes?: Buffer;
  complete: boolean;
}

export class World {
  readonly teams = new Map<string, Team>();
  readonly members = new Map<string, Member>();
  readonly channels = new Map<string, Channel>();
  readonly views = new Map<string, View>();
  readonly files = new Map<string, StoredFile>();
  /** Trigger ids that still open a view, with who pressed. */
  readonly triggers = new Map<string, { readonly user: string; readonly team: string }>();
  readonly responseUrls = new Map<
    string,
    { readonly channel: string; readonly user: string; uses: number; ts?: string }
  >();
  readonly appTokens = new Set<string>();
  /** OAuth codes that were not used yet, by the team that they install into. */
  readonly codes = new Map<string, { readonly team: string; readonly user: string }>();
  #count = 0;
  #lastTs = 0;
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  id(prefix: string): string {
    this.#count += 1;
    return `${prefix}${this.#count.toString(36).toUpperCase().padStart(8, '0')}`;
  }

  /** Time stamps identify messages: each is later than the one before. */
  ts(): string {
    this.#lastTs = Math.max(this.#lastTs + 1, this.#now() * 1000);
    const text = Math.floor(this.#lastTs).toString();
    return `${text.slice(0, -6)}.${text.slice(-6)}`;
  }

  addTeam(name: string): Team {
    const id = this.id('T');
    const team = { id, name, botToken: `xoxb-${id}`, botUser: this.id('U'), botId: this.id('B') };
    this.teams.set(id, team);
    return team;
  }

  addMember(team: Team, name: string, options: { admin?: boolean; owner?: boolean } = {}): Member {
    const member = {
      id: this.id('U'),
      team: team.id,
      name,
      admin: options.admin ?? false,
      owner: options.owner ?? false,
    };
    this.members.set(member.id, member);
    return member;
  }

  addChannel(team: Team, name: string, options: { member?: boolean } = {}): Channel {
    const channel: Channel = {
      id: this.id('C'),
      team: team.id,
      name,
      archived: false,
      member: options.member ?? true,
      messages: [],
    };
    this.channels.set(channel.id, channel);
    return channel;
  }

  directWith(team: Team, user: string): Channel {
    const found = [...this.channels.values()].find((one) => one.im === user && one.team === team.id);
    if (found !== undefined) return found;
    const channel: Channel = {
      id: this.id('D'),
      team: team.id,
      name: 'directmessage',
      archived: false,
      member: true,
      im: user,
      messages: [],
    };
    this.channels.set(channel.id, channel);
    return channel;
  }

  addFile(name: string, alt: string): StoredFile {
    const file: StoredFile = { id: this.id('F'), name, alt, complete: false };
    this.files.set(file.id, file);
    return file;
  }

  addView(user: string, team: string, body: View['body'], type: View['type']): View {
    const view: View = { id: this.id('V'), user, team, type, hash: this.id('h'), body };
    this.views.set(view.id, view);
    return view;
  }
}
