/** Where the options page is; the hash is the only state of it that outlives a reload. */
export type Route =
	| { page: "overview" | "inbox" | "webhooks" | "activity" | "account" | "data" | "settings" | "shortcuts" | "privacy" }
	| { page: "workspace"; adding: boolean }
	| { page: "connections"; add: string | null; connectionId: string | null }
	| { page: "targets"; connectionId: string | null; targetId: string | null; adding: boolean }
	| { page: "selections"; adding: boolean; selectionId: string | null; picking: boolean }
	| { page: "recipes"; recipeId: string | null }
	| { page: "records"; filter: RecordTab; choosing: string | null; search: string | null; recordId: string | null };

export type PageName = Route["page"];
export type RecordFilter = "waiting" | "needs_you" | "all";
/** `workspace`: everybody's, and not only those of this device. */
export type RecordTab = RecordFilter | "workspace";

export const pageNames: readonly PageName[] = [
	"overview",
	"connections",
	"targets",
	"selections",
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
 * Reads `#targets/<id>`, `#targets/new`, `#targets/new/<connection id>`, `#connections/add/<provider>`, `#connections/<id>`, `#selections/new`,
 * `#selections/<id>`, `#selections/<id>/pick`, `#recipes/<id>`, `#records/<filter>`, `#records/workspace/<record id>`, `#records/choose/<record id>`, `#records/search/<text>`, `#workspace/new` and
 * the plain page names. Anything else is the overview.
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
		case "selections":
			return first === "new"
				? { page, adding: true, selectionId: null, picking: false }
				: { page, adding: false, selectionId: first ?? null, picking: second === "pick" };
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
	const route = { page: "records", filter: "all", choosing: null, search: null, recordId: null } as const;
	if (first === "choose") return { ...route, filter: "needs_you", choosing: second ?? null };
	if (first === "search") return { ...route, search: second ?? "" };
	if (first === "workspace") return { ...route, filter: first, recordId: second ?? null };
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
