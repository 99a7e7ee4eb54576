import { timingSafeEqual } from "node:crypto";
import { browserSessionSeconds } from "../../identity/browser-sessions.ts";
import { randomToken, tokenHash } from "../../identity/opaque-tokens.ts";
import { flowSeconds } from "../../identity/upstream-flows.ts";
import type { PageSet } from "./page.ts";

const csrfSeconds = 86_400;

/** The cookies of the backend's own pages. */
export type PageCookies = {
	/** The browser session's token, or null. */
	sessionToken(request: Request): string | null;
	setSession(set: PageSet, token: string): void;
	clearSession(set: PageSet): void;
	/** The token for a form's hidden field; the cookie it is compared with is set when there is none yet. */
	formToken(request: Request, set: PageSet): string;
	/** Whether a form came from a page of ours: its field fits the cookie and the browser names no other origin. */
	isOwnForm(request: Request, field: unknown): boolean;
	/** The token of the flow through an upstream that this `state` belongs to, if this browser began it. */
	flowToken(request: Request, state: string): string | null;
	/** Each flow has a cookie of its own, so that two windows do not take each other's. */
	setFlow(set: PageSet, state: string, token: string): void;
	clearFlow(set: PageSet, state: string): void;
};

/**
 * `__Host-` makes a browser refuse the cookie from a subdomain or without TLS; it needs `Secure`, which plain
 * http://localhost cannot give (SEC-1).
 */
export function pageCookies(publicUrl: string): PageCookies {
	const { origin, protocol } = new URL(publicUrl);
	const secure = protocol === "https:";
	const prefix = secure ? "__Host-" : "";
	const session = `${prefix}sheaf_session`;
	const csrf = `${prefix}sheaf_form`;
	const flow = (state: string) => `${prefix}sheaf_flow_${state.slice(0, 16)}`;
	const put = (set: PageSet, cookie: { name: string; value: string; seconds: number }) => {
		const text = `${cookie.name}=${cookie.value}; Path=/; Max-Age=${cookie.seconds}; HttpOnly; SameSite=Lax`;
		const earlier = set.headers["set-cookie"];
		set.headers["set-cookie"] = [...(Array.isArray(earlier) ? earlier : []), secure ? `${text}; Secure` : text];
	};
	return {
		sessionToken: (request) => tokenIn(request, session),
		setSession: (set, token) => put(set, { name: session, value: token, seconds: browserSessionSeconds }),
		clearSession: (set) => put(set, { name: session, value: "", seconds: 0 }),
		formToken: (request, set) => {
			// One token per browser and not per page: two open sign-in windows must both work.
			const known = tokenIn(request, csrf);
			const token = known ?? randomToken();
			if (known === null) put(set, { name: csrf, value: token, seconds: csrfSeconds });
			return token;
		},
		isOwnForm: (request, field) => {
			const cookie = tokenIn(request, csrf);
			if (cookie === null || typeof field !== "string" || !isSame(cookie, field)) return false;
			const from = request.headers.get("origin");
			const site = request.headers.get("sec-fetch-site");
			return (from === null || from === origin) && (site === null || site === "same-origin" || site === "none");
		},
		flowToken: (request, state) => tokenIn(request, flow(state)),
		setFlow: (set, state, token) => put(set, { name: flow(state), value: token, seconds: flowSeconds }),
		clearFlow: (set, state) => put(set, { name: flow(state), value: "", seconds: 0 }),
	};
}

function tokenIn(request: Request, name: string): string | null {
	for (const pair of (request.headers.get("cookie") ?? "").split(";")) {
		const [key, value] = pair.trim().split("=");
		if (key === name && value !== undefined && /^[A-Za-z0-9_-]{43}$/.test(value)) return value;
	}
	return null;
}

function isSame(left: string, right: string): boolean {
	return timingSafeEqual(tokenHash(left), tokenHash(right));
}
