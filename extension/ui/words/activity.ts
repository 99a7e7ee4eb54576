import { countOf } from "../when.ts";

/** The sentences of the options page about what happened. */
export const activityWords = {
	lead: "What was delivered, what was not, and who changed what.",
	signIn: "Sign in to see what happened.",
	what: "what happened",
	range: "Days shown",
	days: (count: number) => `${count} days`,
	target: "Target",
	allTargets: "All targets",
	delivered: "Delivered",
	successRate: "Success rate",
	median: "Half within",
	p95: "95 % within",
	none: "—",
	perDay: "Per day",
	chart: (delivered: number, refused: number, days: number) =>
		`${countOf(delivered, "record", "records")} delivered and ${refused} not, over ${days} days. The table below has the days.`,
	dayLine: (delivered: number, refused: number) =>
		refused === 0 ? `${delivered} delivered` : `${delivered} delivered, ${refused} needed you`,
	nothing: "Nothing was delivered in these days.",
	asTable: "As a table",
	day: "Day",
	neededYou: "Needed you",
	why: "Why attempts failed",
	noProblems: "No attempt failed in these days.",
	attempts: (count: number) => countOf(count, "attempt", "attempts"),
	changes: "What was changed",
	about: "About",
	abouts: {
		all: "Everything",
		record: "Records",
		connection: "Connections",
		target: "Targets",
		member: "Members",
		invite: "Invites",
		workspace: "The workspace",
	},
	noChanges: "Nothing was changed yet.",
	more: "Show more",
	bySheaf: "Sheaf",
	formerMember: "a former member",
	on: (device: string) => `on ${device}`,
};

/** What happened, after who did it: "Ada changed the target Reading list". */
const actions: Readonly<Record<string, string>> = {
	"record.put": "saved the record",
	"record.delete": "removed the record",
	"record.retry": "tried again the record",
	"record.decide": "decided about the record",
	"record.undo": "took back the record",
	"record.approve": "approved the record",
	"bulk.retry": "tried again many records:",
	"bulk.resync": "sent again many records:",
	"bulk.remap": "applied the mapping to many records:",
	"bulk.move": "moved many records:",
	"bulk.delete": "deleted many records:",
	"bulk.stop": "stopped what was done to many records:",
	"connection.create": "connected",
	"connection.rename": "renamed the connection",
	"connection.reconnect": "reconnected",
	"connection.delete": "disconnected",
	"connection.disconnect": "disconnected",
	"connection.refresh": "renewed the access of",
	"connection.add_columns": "added columns through",
	"connection.needs_attention": "found that it needs you:",
	"connection.recovered": "found that it works again:",
	"target.create": "added the target",
	"target.update": "changed the target",
	"target.pause": "paused the target",
	"target.run": "sent what waited for",
	"target.delete": "deleted the target",
	"member.role": "changed the role of",
	"member.remove": "removed",
	"member.leave": "left the workspace:",
	"invite.create": "made an invite",
	"invite.revoke": "revoked an invite",
	"invite.accept": "joined by an invite",
	"workspace.create": "created the workspace",
	"workspace.rename": "renamed the workspace",
	"workspace.transfer": "handed on the workspace",
};

/** A kind of change that this version does not know is shown by its own name: better than nothing, and true. */
export function changeWords(action: string): string {
	return actions[action] ?? action.replace(/[._]/g, " ");
}

/** In a person's words. */
const problems: Readonly<Record<string, string>> = {
	"delivery/credential-refused": "The account was not accepted",
	"delivery/permission-lost": "A permission was missing",
	"delivery/table-missing": "The table was gone",
	"delivery/column-missing": "A column was gone",
	"delivery/value-refused": "A value did not fit its column",
	"delivery/option-missing": "A choice was not on the list",
	"delivery/match-ambiguous": "Several rows matched",
	"delivery/match-key-empty": "Nothing to match by",
	"delivery/conflict": "The row was changed on both sides",
	"delivery/record-too-large": "The record was too large",
	"delivery/quota-exhausted": "The plan’s limit was reached",
	"delivery/provider-busy": "The destination was busy",
	"delivery/provider-unreachable": "The destination could not be reached",
	"delivery/provider-error": "The destination had a problem of its own",
	"delivery/refused": "The destination refused",
};

export function reasonWords(code: string): string {
	return problems[code] ?? code;
}
