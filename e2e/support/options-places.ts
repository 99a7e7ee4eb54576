/** A page of the options, how it is reached, and a text that is there once it is filled in. */
export type OptionsPlace = { name: string; route: string; ready: string };

/** Every page of the options, as somebody sees it who has one target and captures in every state. `<target>` stands for its id. */
export const optionsPlaces: readonly OptionsPlace[] = [
	{ name: "overview", route: "overview", ready: "Recent captures" },
	{ name: "connections", route: "connections", ready: "Add a connection" },
	{ name: "connect", route: "connections/add/postgres", ready: "Connect Postgres" },
	{ name: "connect-file", route: "connections/add/file", ready: "Add a file" },
	{ name: "targets", route: "targets", ready: "Matched by" },
	{ name: "target", route: "targets/<target>", ready: "Start it from outside" },
	{ name: "selections", route: "selections", ready: "Nothing is picked yet" },
	{ name: "recipes", route: "recipes", ready: "No recipes yet" },
	{ name: "records", route: "records", ready: "A tide table" },
	{ name: "inbox", route: "inbox", ready: "Nothing waits" },
	{ name: "webhooks", route: "webhooks", ready: "No program is told" },
	{ name: "activity", route: "activity", ready: "What was changed" },
	{ name: "workspace", route: "workspace", ready: "This is your personal workspace" },
	{ name: "account", route: "account", ready: "Devices" },
	{ name: "data", route: "data", ready: "Records from a file" },
	{ name: "settings", route: "settings", ready: "Server address" },
	{ name: "shortcuts", route: "shortcuts", ready: "Send this page at once" },
	{ name: "privacy", route: "privacy", ready: "Keep your settings" },
];

/** What stands in for what is still on its way. */
export const unfinished = ".skeleton, .loading, [aria-busy]";
