import { Value } from "@sinclair/typebox/value";
import { Elysia } from "elysia";
import { Uuid } from "../../contract/ids.ts";
import type { Permission } from "../../contract/users.ts";
import { SheafError } from "../../errors.ts";
import type { Identity } from "../../identity/identity.ts";
import { principalIn } from "../../workspaces/membership.ts";
import { signedIn } from "./require-auth.ts";
import { noteRequirement } from "./required-permission.ts";

/**
 * For routes with a workspace in their address: gives `member`, the principal with the role they have in that workspace, whatever
 * workspace their token is for. Before the body is validated, like `requireAuth`. What changes something asks the role again under
 * the workspace's lock.
 *
 * @throws SheafError `workspaces/not-found` for an absent one and for a foreign one, `auth/forbidden`
 */
export function requireMember(identity: Identity, permission: Permission | null = null) {
	const check = async ({ request, params }: { request: Request; params: { id?: string } }) => {
		const principal = signedIn(request);
		const { id } = params;
		if (!Value.Check(Uuid, id)) {
			throw new SheafError("request/invalid", '"id" in the address is not right: expected a UUID in lower case.');
		}
		return { member: await principalIn(identity, principal, { workspaceId: id, permission }) };
	};
	return new Elysia().derive({ as: "scoped" }, noteRequirement(check, permission));
}
