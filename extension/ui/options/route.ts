/** Where the options page is; the hash is the only state of it that outlives a reload. */
export type Route =
	| { page: "overview" | "inbox" | "webhooks" | "activity" | "account" | "data" | "settings" | "shortcuts" | "privacy" }
	| { page: "workspace"; adding: boolean }
	| { page: "connections"; add: string | null; connectionId: string | null }
	| { page: "targets"; connectionId: string | null; targetId: string | null; adding: boolean }
	| { page: "recipes"; recipeId: string | null }
	| { page: "records"; filter: RecordFilter; choosing: string | null; search: string | null };

export type PageName = Route["page"];
export type RecordFilter = "waiting" | "needs_you" | "all";

export const pageNames: readonly PageName[] = [
	"overview",
	"connections",
	"targets",
	"recipes",
	"records",
	"inbox",
	"webhooks",
	"activity",
	"workspace",
	"account",
	"data",
	"settings",
	"shortcuts",
	"privacy",
];

/**
 * Reads `#targets/<id>`, `#targets/new`, `#targets/new/<connection id>`, `#connections/add/<provider>`, `#connections/<id>`, `#recipes/<id>`,
 * `#records/<filter>`, `#records/choose/<record id>`, `#records/search/<text>`, `#workspace/new` and the plain page names. Anything else is the overview.
 */
export function readRoute(hash: string): Route {
	const [page, first, second] = hash.replace(/^#/, "").split("/").map(decodeSegment);
	switch (page) {
		case "connections":
			return first === "add"
				? { page, add: second ?? null, connectionId: null }
				: { page, add: null, connectionId: first ?? null };
		case "targets":
			return first === "new"
				? { page, adding: true, connectionId: second ?? null, targetId: null }
				: { page, adding: false, connectionId: null, targetId: first ?? null };
		case "recipes":
			return { page, recipeId: first ?? null };
		case "records":
			return recordsRoute(first, second);
		case "workspace":
			return { page, adding: first === "new" };
		case "webhooks":
		case "inbox":
		case "activity":
		case "account":
		case "data":
		case "settings":
		case "shortcuts":
		case "privacy":
			return { page };
		default:
			return { page: "overview" };
	}
}

function recordsRoute(first: string | undefined, second: string | undefined): Route {
	const route = { page: "records", filter: "all", choosing: null, search: null } as const;
	if (first === "choose") return { ...route, filter: "needs_you", choosing: second ?? null };
	if (first === "search") return { ...route, search: second ?? "" };
	return first === "waiting" || first === "needs_you" ? { ...route, filter: first } : route;
}

function decodeSegment(segment: string): string {
	try {
		return decodeURIComponent(segment);
	} catch {
		return "";
	}
}

/** The address of a part of the options page, from any page of the extension. */
export function optionsPath(...segments: string[]): string {
	return `/options.html#${segments.map((segment) => encodeURIComponent(segment)).join("/")}`;
}
