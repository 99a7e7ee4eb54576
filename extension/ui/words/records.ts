import { countOf } from "../when.ts";

const records = (count: number) => countOf(count, "record", "records");

/** The sentences of the options page about records and the settings. */
export const recordsWords = {
	lead: "What you captured on this device, and where each one is.",
	filters: { all: "All", waiting: "Waiting", needs_you: "Needs you" },
	filterLabel: "Show",
	empty: {
		all: "Nothing captured yet. Open any page and press the Sheaf button.",
		waiting: "Nothing is waiting.",
		needs_you: "Nothing needs you.",
	},
	edit: "Edit",
	editOf: (title: string) => `Edit ${title}`,
	remove: (title: string) => `Remove ${title}`,
	removed: (title: string) => `“${title}” removed`,
	removedRowStays: (title: string, provider: string) => `“${title}” removed here. Its row in ${provider} stays.`,
	retryAll: "Try all again",
	retry: (title: string) => `Try ${title} again`,
	noTarget: "No target",
	editTitle: "Edit record",
	export: "Export",
	exportAs: { csv: "As a table (CSV)", json: "With everything (JSON)" },
	exportName: (day: string) => `sheaf-records-${day}`,
	exported: (count: number) => `${records(count)} saved to a file.`,
	more: "Show more",
};

export const settingsWords = {
	lead: "How Sheaf looks and where it sends.",
	theme: "Theme",
	themes: { system: "Like the system", light: "Light", dark: "Dark" },
	menu: "Right-click menu",
	menus: { shown: "Shown", hidden: "Hidden" },
	follows: "Theme and menu follow you to the devices you sign in on.",
	server: "Server address",
	serverNote: "For people who run their own Sheaf server. Changing it signs you out.",
	serverSaved: "Saved. Sign in to the new server.",
	serverProblems: {
		"not-an-address": "Write a whole address, like https://sheaf.example.com.",
		insecure: "Only a server on this machine may be reached without https://.",
		"has-path": "Leave out everything after the host and port.",
	},
	serverUnreachable: "No Sheaf server answered at that address, so nothing was changed.",
	checking: "Asking the server",
	shortcuts: "Keyboard",
	shortcutNone: "not set",
	shortcutNames: { _execute_action: "Open Sheaf on this page", "quick-send": "Send this page at once" } as Record<
		string,
		string
	>,
	shortcutsHow: "Change them in the browser at",
	permissions: "What Sheaf may do",
	permissionsBody:
		"Sheaf reads a page only when you press its button, menu entry or shortcut there, and only that page. It runs on no other page, and asks for no site in advance.",
	version: "Version",
};
