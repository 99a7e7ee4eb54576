import type { AccountView, FullUserView } from "../../../../backend/contract/users.ts";
import type { WayIn } from "../../../../backend/contract/ways-in.ts";
import { accountWords as words } from "../../words/account.ts";

/** How a person can sign in, and how else they could. */
export type WaysView = {
	linked: LinkedWay[];
	/** Ways this server offers in a window and that are not linked yet. */
	addable: WayIn[];
	password: "set" | "unset" | "not-offered";
};
export type LinkedWay = {
	account: AccountView;
	/** "Google". */
	title: string;
	/** Which account there: an address or a login; may be empty. */
	label: string;
	/** Why it cannot be removed; null when it can. */
	keptBecause: string | null;
};

export const passwordWay = "password";

/** Joins what is linked with what this server offers. A way that it no longer offers is listed, and can be removed. */
export function waysView(
	{ accounts, user }: Pick<FullUserView, "accounts"> & { user: Pick<FullUserView["user"], "email"> },
	offered: readonly WayIn[],
): WaysView {
	const has = (provider: string) => accounts.some((account) => account.provider === provider);
	const keptBecause = accounts.length === 1 ? words.lastWay : null;
	return {
		linked: accounts.map((account) => ({
			account,
			title: wayTitle(account.provider, offered),
			// A password goes with the person's own address.
			label: account.label || (account.provider === passwordWay ? user.email : ""),
			keptBecause,
		})),
		addable: offered.filter((way) => way.id !== passwordWay && !has(way.id)),
		password: passwordState(has(passwordWay), offered),
	};
}

/** What a way is called: the server's own word for it, else ours, else its id. */
export function wayTitle(provider: string, offered: readonly WayIn[]): string {
	return words.wayTitles[provider] ?? offered.find(({ id }) => id === provider)?.title ?? provider;
}

function passwordState(set: boolean, offered: readonly WayIn[]): WaysView["password"] {
	if (set) return "set";
	return offered.some(({ id }) => id === passwordWay) ? "unset" : "not-offered";
}
