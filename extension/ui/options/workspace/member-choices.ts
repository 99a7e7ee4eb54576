import type { Permission, Role } from "../../../../backend/contract/users.ts";
import type { InviteRole, MemberView } from "../../../../backend/contract/workspaces.ts";
import { listText } from "../../../i18n/locale.ts";
import { workspaceWords as words } from "../../words/workspace.ts";

/** What the person may do to one member, as the server's policy will judge it. */
export type MemberChoices = {
	/** Roles they can be given; empty: it is only told. */
	roles: readonly Role[];
	canRemove: boolean;
	canLeave: boolean;
	canReceive: boolean;
	/** Why nothing, or not all, can be done; null when there is nothing to explain. */
	because: string | null;
};

const allRoles: readonly Role[] = ["owner", "admin", "member", "viewer"];
const withoutOwner: readonly Role[] = ["admin", "member", "viewer"];

/**
 * Mirrors the server's rules so that what cannot be done is not offered: owners are made and unmade by owners, everybody
 * else by whoever has `members:write`, and one owner stays (ID-7). The server judges again.
 */
export function memberChoices(
	member: MemberView,
	members: readonly MemberView[],
	permissions: readonly Permission[],
): MemberChoices {
	const owns = permissions.includes("workspace:own");
	const manages = permissions.includes("members:write");
	const lastOwner = member.role === "owner" && members.filter(({ role }) => role === "owner").length === 1;
	const mayTouch = member.role === "owner" ? owns : manages;
	const roles = owns ? allRoles : withoutOwner;
	return {
		// One's own role goes to somebody else or with one: a slip of the keyboard must not take it.
		roles: mayTouch && !member.you ? roles : [],
		canRemove: mayTouch && !member.you && !lastOwner,
		canLeave: member.you && !lastOwner,
		canReceive: owns && !member.you && member.role !== "owner",
		because: whyNot(member, { lastOwner, manages, owns, alone: members.length === 1 }),
	};
}

type Standing = { lastOwner: boolean; manages: boolean; owns: boolean; alone: boolean };

/** Somebody who manages nobody is told so once, under the list. */
function whyNot(member: MemberView, { lastOwner, manages, owns, alone }: Standing): string | null {
	if (lastOwner && member.you) return alone ? words.onlyYou : words.lastOwnerYou;
	return member.role === "owner" && manages && !owns ? words.ownersByOwners : null;
}

/** What an invite can make of somebody; owners are made from members only. */
export const inviteRoles: readonly InviteRole[] = ["member", "viewer", "admin"];

/** "Ada Lind", else the address, else a word: a person always has something to be called by. */
export function memberName({ firstName, lastName, email }: Pick<MemberView, "firstName" | "lastName" | "email">) {
	return [firstName, lastName].filter(Boolean).join(" ") || email || words.nameless;
}

/** Who can change what this person may not: for "Ask Ada Lind". At most two names. */
export function ownerNames(members: readonly MemberView[]): string {
	const owners = members.filter(({ role }) => role === "owner");
	return listText(owners.slice(0, 2).map(memberName), "or");
}
