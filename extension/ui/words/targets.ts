import type { TableField } from "../../../backend/contract/connections.ts";
import { countOf } from "../when.ts";
import { mappingWords } from "./mapping.ts";
import { rhythmWords } from "./rhythm.ts";

const records = (count: number) => countOf(count, "record", "records");

/** The sentences of the options page about targets. */
export const targetWords = {
	lead: "A target is one table and the columns your captures fill in it.",
	what: "your targets",
	tables: "the tables of this connection",
	signIn: "Sign in to choose a table.",
	empty: "No target yet. Choose the table your records go to.",
	emptyViewer: (workspace: string) => `${workspace} has no target yet.`,
	noConnection: "Connect an account first, then choose its table.",
	connectFirst: "Connect an account",
	add: "Add a target",
	newTitle: "New target",
	editTitle: (name: string) => `Edit ${name}`,
	back: "All targets",
	active: "Active",
	paused: "Paused",
	waiting: (count: number) => `${records(count)} waiting`,
	edit: "Edit",
	pause: "Pause",
	resume: "Resume",
	runNow: "Send now",
	nothingWaits: "Nothing was waiting.",
	onTheWay: (count: number) => `${records(count)} on the way.`,
	more: (name: string) => `More for ${name}`,
	delete: "Delete",
	deleting: "Deleting",
	deleteTitle: (name: string) => `Delete ${name}?`,
	deleteBody: (provider: string) =>
		`Sheaf forgets its mapping and stops sending. Rows that are in ${provider} already stay there.`,
	deleteWaiting: (count: number) =>
		`${records(count)} that ${count === 1 ? "waits" : "wait"} for it ${count === 1 ? "stays" : "stay"} on this device without a target.`,
	connection: "Connection",
	table: "Table",
	search: "Search tables",
	noTable: (text: string) => `No table is called “${text}”.`,
	noTables: "This account shows no table. Give its token access to a base, then try again.",
	suggested: "Suggested",
	suggestedFor: (table: string, container: string) => `${table} in ${container}`,
	suggestedMatch: (columns: string) => `A page captured twice stays one row: rows are matched by ${columns}.`,
	suggesting: "what fits the columns",
	useThis: "Use this",
	change: "Change something",
	columnCount: (count: number) => countOf(count, "column", "columns"),
	matchedBy: (columns: string) => `Matched by ${columns}`,
	match: "Match rows by",
	matchNote:
		"When a row with the same value is there already, it is updated instead of added. Choose one to three columns.",
	noMatchable: "None of the columns above can tell rows apart. Send a field to a text, number or address column.",
	name: "Name",
	problems: {
		...mappingWords.problems,
		"no-name": "Give the target a name.",
		...rhythmWords.problems,
	},
	gone: "This target is no longer there.",
	tableGone: (table: string) =>
		`This account no longer shows ${table}. Give its token access again, or delete the target.`,
	openConnection: "Open the connection",
};

export const columnTypeWords: Record<TableField["type"], string> = {
	text: "text",
	long_text: "long text",
	rich_text: "formatted text",
	url: "address",
	email: "e-mail",
	phone: "phone",
	number: "number",
	currency: "amount of money",
	percent: "percent",
	rating: "rating",
	duration: "duration",
	boolean: "yes or no",
	date: "date",
	datetime: "date and time",
	select: "one choice",
	multi_select: "several choices",
	attachment: "files",
	link: "linked rows",
	unsupported: "cannot be filled",
};
