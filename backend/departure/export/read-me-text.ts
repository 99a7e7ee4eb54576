/** What the person finds in the archive, in words. CRLF, because it may be opened anywhere. */
export function readMeText(madeAt: Date): string {
	return lines(madeAt).join("\r\n");
}

const lines = (madeAt: Date) => [
	"Everything Sheaf has of you",
	"===========================",
	"",
	`Made on ${madeAt.toISOString()}. Times are in UTC.`,
	"",
	"About you",
	"  profile.json        your name, e-mail and time zone",
	"  ways-in.json        how you can sign in; no password is in here, nor anything made from it",
	"  sessions.json       the devices that are or were signed in",
	"  settings.json       your preferences",
	"  workspaces.json     the workspaces you belong to, your role in each, and its folder in this archive",
	"",
	"In the folder of each workspace, as far as your role lets you read it",
	"  records.jsonl             every record, one JSON object per line, with all its fields",
	"  records.csv               the same for a spreadsheet: one line per record, one column per field (the first 500)",
	"  targets.json              the tables records go to, with their mapping",
	"  recipes.json              what the workspace knows of sites' pages: which field is where",
	"  connections.json          the connected accounts; their tokens and passwords are not in here",
	"  event-hooks.json          the addresses that are told of events, without what may open them",
	"  bulk-operations.json      what was done to many records at once, and what became of them",
	"  deliveries.jsonl          where each record is on its way to its table",
	"  delivery-attempts.jsonl   every attempt to deliver one, and how it ended",
	"  audit-log.jsonl           who changed what and when: all of it for owners and admins, your own part for others",
	"",
	"Good to know",
	"  - In records.csv a text that begins with =, +, - or @ has an apostrophe in front, so that no spreadsheet runs it.",
	"  - What changed while this archive was made may be in it as it was before or after.",
	"  - Rows in your own tables (Airtable and others) are not copied: they are there.",
	"  - What a device has saved and not yet sent is on that device only.",
	"",
];
