import { countOf } from "../when.ts";

const records = (count: number) => countOf(count, "record", "records");

/** The sentences of the options page; targets and records have files of their own beside this one. */
export const optionsWords = {
	pages: {
		overview: "Overview",
		connections: "Connections",
		targets: "Targets",
		records: "Records",
		activity: "Activity",
		workspace: "Workspace",
		account: "Account",
		settings: "Settings",
	},
	rail: "Pages",
	guest: "Guest",
	signIn: "Sign in",
	tryAgain: "Try again",
	cancel: "Cancel",
	save: "Save",
	saving: "Saving",
	loading: (what: string) => `Loading ${what}`,
	offline: "You are offline. This page fills in when you are back.",
	viewer: (workspace: string) => `In ${workspace} you can look at this and not change it.`,
};

export const overviewWords = {
	lead: "Where your records are and what needs you.",
	firstSteps: "Three steps to your first row",
	firstStepsDone: "Your first record is in its table.",
	signInTitle: "Sign in or create an account",
	signInBody: "An account sends your captures on and keeps them on all your devices.",
	signInBodyWaiting: (count: number) =>
		`${countOf(count, "capture is", "captures are")} saved on this device only. An account sends them to your tables.`,
	signedInAs: (email: string) => `Signed in as ${email}.`,
	connectTitle: "Connect a table",
	connectBody: "Choose where your records go.",
	connectBodyPractice: "Choose where your records go. The practice base needs no account.",
	connectDone: (target: string, provider: string) => `Records go to ${target} in ${provider}.`,
	connectOwn: "Connect your own",
	finishTarget: "Choose a table",
	captureTitle: "Capture a page",
	captureBody: (keys: string) =>
		keys === ""
			? "Open any page, press the Sheaf button in the toolbar, then Send."
			: `Open any page and press ${keys} or the Sheaf button in the toolbar, then Send.`,
	seePractice: "See the practice base",
	waiting: "Waiting",
	needsYou: "Needs you",
	recent: "Recent captures",
	allRecords: "All records",
	stepDone: "Done",
	emptyViewer: "What you capture while you work here stays on this device and is listed here.",
};

export const connectionWords = {
	lead: "The accounts your records are sent to. Their keys stay on the server, encrypted, and never come back to this browser.",
	what: "your connections",
	signIn: "Sign in to connect a table.",
	empty: "Nothing is connected yet. Choose one below.",
	emptyViewer: (workspace: string) => `Nothing is connected in ${workspace} yet.`,
	add: "Add a connection",
	tryPractice: "Try it with the practice base",
	connect: (title: string) => `Connect ${title}`,
	connecting: "Checking with the provider",
	form: (title: string) => `Connect ${title}`,
	reconnectForm: (title: string) => `Reconnect ${title}`,
	reconnectNote: "Targets and what waits for them are kept.",
	how: "How to get one",
	reconnect: "Reconnect",
	disconnect: "Disconnect",
	disconnecting: "Disconnecting",
	disconnectTitle: (name: string) => `Disconnect ${name}?`,
	disconnectTargets: (names: string) => `This deletes its targets too: ${names}.`,
	disconnectWaiting: (count: number) =>
		`${records(count)} that ${count === 1 ? "waits" : "wait"} for them ${count === 1 ? "stays" : "stay"} on this device without a target.`,
	disconnectKept: "Sheaf forgets the key. Rows that are in your tables already stay there.",
	addTarget: "Add a target",
	scopes: "Allowed:",
	checked: (when: string) => `checked ${when} ago`,
	checkedNow: "checked just now",
	seeTables: "See its tables",
	waiting: (count: number) => `${records(count)} waiting`,
	status: {
		healthy: "Connected",
		revoked: "Needs a new token",
		failing: "Not answering",
		rate_limited: "Busy, trying again by itself",
		expiring: "Ends soon",
		expired: "Ended",
		schema_changed: "A table has changed",
		paused: "Paused after failing for long",
		disconnected: "Disconnected",
	},
};
