import { type AuthorizationRequest, checkAuthorizationRequest } from "../../identity/authorization-request.ts";
import type { Identity } from "../../identity/identity.ts";

export const dashboardPath = "/admin/queues";
const authorizePath = "/oauth/authorize";
/** The page of an invitation link; its last part is the link's token. */
const invitePath = /^\/invite\/[A-Za-z0-9_-]{43}$/;

/** The page that allows a waiting device, with the code of its link. */
const devicePath = /^\/device(\?user_code=[A-Z]{4}-[A-Z]{4})?$/;

/** The page that asks whether to link another way in. */
const linkPath = /^\/oauth\/link\?ticket=[A-Za-z0-9_-]{43}$/;

/** Where a person goes once they are signed in. Forms carry it as one hidden field, `continue`. */
export type Destination =
	| { kind: "client"; path: string; request: AuthorizationRequest }
	| { kind: "dashboard" | "invite" | "device" | "link"; path: string }
	| { kind: "answered"; to: string }
	| { kind: "refused"; message: string };

/** A destination that a person can be sent to. */
export type Onward = Extract<Destination, { path: string }>;

/**
 * Reads and checks a destination anew each time it comes back from a form: what was shown to a browser is not trusted.
 * Only our own addresses can be named, so that this is no open redirect.
 */
export function parseDestination(identity: Identity, path: unknown): Destination {
	if (path === dashboardPath) return { kind: "dashboard", path };
	if (typeof path === "string" && invitePath.test(path)) return { kind: "invite", path };
	if (typeof path === "string" && devicePath.test(path)) return { kind: "device", path };
	if (typeof path === "string" && linkPath.test(path)) return { kind: "link", path };
	if (typeof path === "string" && path.startsWith(`${authorizePath}?`)) {
		const parameters = new URLSearchParams(path.slice(authorizePath.length + 1));
		parameters.delete(screenParameter);
		const check = checkAuthorizationRequest(parameters, identity);
		return check.kind === "ok"
			? { kind: "client", path: `${authorizePath}?${parameters.toString()}`, request: check.request }
			: check;
	}
	return { kind: "refused", message: "This sign-in does not lead anywhere. Start it again where you came from." };
}

/** Which of the two forms is shown. Ours alone, so it is taken out before the client's request is checked. */
export const screenParameter = "screen";

/** Names one of our own pages as the destination of `/oauth/sign-in`; the dashboard is meant without it. */
export const destinationParameter = "continue";

/** The page for this destination with the given form in front. */
export function pageAddress({ kind, path }: Pick<Onward, "kind" | "path">, screen: Screen): string {
	if (kind === "client") return `${path}&${screenParameter}=${screen}`;
	const named: Record<string, string> = kind === "dashboard" ? {} : { [destinationParameter]: path };
	return `/oauth/sign-in?${new URLSearchParams({ ...named, [screenParameter]: screen }).toString()}`;
}

export type Screen = "sign-in" | "sign-up";

export function screenOf(parameters: URLSearchParams): Screen {
	return parameters.get(screenParameter) === "sign-up" ? "sign-up" : "sign-in";
}
