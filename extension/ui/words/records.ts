import { countOf } from "../when.ts";

const records = (count: number) => countOf(count, "record", "records");

/** The sentences of the options page about records, the account and the settings. */
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
	more: "Show more",
};

export const accountWords = {
	lead: "Who you are to Sheaf.",
	guestLead:
		"You are not signed in. What you capture is saved only on this device; signing in moves it to your account.",
	ended: "Your session ended. What you captured is safe on this device; sign in to send it on.",
	what: "your account",
	email: "E-mail",
	name: "Name",
	workspace: "Workspace",
	role: "Role",
	server: "Server",
	signOut: "Sign out",
	signingOut: "Signing out",
	signOutWaiting: (count: number) =>
		`${records(count)} not sent yet ${count === 1 ? "stays" : "stay"} on this device for your next sign-in.`,
	roles: { owner: "Owner", admin: "Admin", member: "Member", viewer: "Viewer" },
};

export const settingsWords = {
	lead: "How Sheaf looks and where it sends.",
	theme: "Theme",
	themes: { system: "Like the system", light: "Light", dark: "Dark" },
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
