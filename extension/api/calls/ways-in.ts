import type { AccountView } from "../../../backend/contract/users.ts";
import type { LinkStart, LinkStarted, PasswordChange, WayIn, WayInList } from "../../../backend/contract/ways-in.ts";
import type { Requester } from "../request.ts";
import { isAnything, withList, withText } from "../shapes.ts";

/** How a person can sign in: what this backend offers, and what is theirs. */
export function wayInCalls(request: Requester) {
	return {
		/** For everyone, signed in or not. */
		async waysIn(): Promise<WayIn[]> {
			return (await request({ path: "/api/v1/auth/ways", token: "never", answers: withList<WayInList>("ways") })).ways;
		},
		async accounts(): Promise<AccountView[]> {
			const answers = withList<{ accounts: AccountView[] }>("accounts");
			return (await request({ path: "/api/v1/users/me/accounts", answers })).accounts;
		},
		/** @returns the address of the window to open. Pages ask the background for the whole of it (`session.link`). */
		startLink(body: LinkStart): Promise<LinkStarted> {
			const path = "/api/v1/users/me/accounts/link";
			return request({ method: "POST", path, body, answers: withText<LinkStarted>("url") });
		},
		/** @throws ApiFailure `auth/last-way-in` for the only one there is. */
		async unlinkAccount(id: string): Promise<void> {
			await request({ method: "DELETE", path: `/api/v1/users/me/accounts/${id}`, answers: isAnything });
		},
		/** Sets the first password, or changes it. @throws ApiFailure `auth/password-wrong`, `auth/password-unacceptable`. */
		async changePassword(body: PasswordChange): Promise<void> {
			await request({ method: "POST", path: "/api/v1/users/me/password", body, answers: isAnything });
		},
	};
}
