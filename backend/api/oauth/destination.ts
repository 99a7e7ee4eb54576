import { type AuthorizationRequest, checkAuthorizationRequest } from "../../identity/authorization-request.ts";
import type { Identity } from "../../identity/identity.ts";

export const dashboardPath = "/admin/queues";
const authorizePath = "/oauth/authorize";

/** Where a person goes once they are signed in. Forms carry it as one hidden field, `continue`. */
export type Destination =
	| { kind: "client"; path: string; request: AuthorizationRequest }
	| { kind: "dashboard"; path: string }
	| { kind: "answered"; to: string }
	| { kind: "refused"; message: string };

/**
 * Reads and checks a destination anew each time it comes back from a form: what was shown to a browser is not trusted.
 * Only our own two addresses can be named, so that this is no open redirect.
 */
export function parseDestination(identity: Identity, path: unknown): Destination {
	if (path === dashboardPath) return { kind: "dashboard", path };
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

/** The page for this destination with the given form in front. */
export function pageAddress(destination: { kind: "client" | "dashboard"; path: string }, screen: Screen): string {
	if (destination.kind === "dashboard") return `/oauth/sign-in?${screenParameter}=${screen}`;
	return `${destination.path}&${screenParameter}=${screen}`;
}

export type Screen = "sign-in" | "sign-up";

export function screenOf(parameters: URLSearchParams): Screen {
	return parameters.get(screenParameter) === "sign-up" ? "sign-up" : "sign-in";
}
