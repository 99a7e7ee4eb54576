import type { Principal } from "../../db/principal.ts";
import { readAccounts, readUser } from "../../identity/profile.ts";
import { readSettings } from "../../settings/user-settings.ts";
import { workspacesOf } from "../../workspaces/memberships.ts";
import type { ExportDeps } from "./export-deps.ts";
import { readMeText } from "./read-me-text.ts";
import { pretty, workspaceFiles } from "./workspace-files.ts";
import type { ArchiveFile } from "./zip-stream.ts";

/** Everything Sheaf has of a person, as the files of one archive (SEC-4): theirs first, then a folder per workspace. */
export async function* personFiles(deps: ExportDeps, principal: Principal): AsyncGenerator<ArchiveFile, void> {
	const { identity } = deps;
	const workspaces = await workspacesOf(identity.asIdentity, principal.userId);
	const folders = workspaces.map(({ name }, index) => `workspaces/${folderName(index + 1, name)}/`);
	yield { name: "README.txt", content: [readMeText(new Date(identity.now()))] };
	yield { name: "profile.json", content: [pretty(await readUser(identity, principal))] };
	yield { name: "ways-in.json", content: [pretty(await readAccounts(identity, principal))] };
	yield { name: "sessions.json", content: [pretty(await readDevices(deps, principal))] };
	yield { name: "settings.json", content: [pretty(await readSettings(deps, principal))] };
	const listed = workspaces.map((workspace, index) => ({ ...workspace, folder: folders[index] }));
	yield { name: "workspaces.json", content: [pretty(listed)] };
	for (const [index, { id: workspaceId, role }] of workspaces.entries()) {
		yield* workspaceFiles(deps, { ...principal, workspaceId, role }, folders[index] ?? "");
	}
}

/** Signed out ones too, as long as they are kept; no token, hash or key of theirs. */
async function readDevices({ identity }: ExportDeps, { userId }: Principal): Promise<object[]> {
	return await identity.asIdentity(
		async (sql) =>
			await sql`
				select id, device_id, device_name, client_id, provider, workspace_id, created_at, last_used_at, expires_at, revoked_at
				from sheaf.device_sessions where user_id = ${userId} order by created_at, id`,
	);
}

/** `02-reading-circle`: the number makes it the only one, and no letter of it can mean anything to a file system. */
function folderName(place: number, name: string): string {
	const letters = name
		.normalize("NFKD")
		.toLowerCase()
		.replaceAll(/[^a-z0-9]+/g, "-")
		.replaceAll(/^-|-$/g, "")
		.slice(0, 40);
	return [String(place).padStart(2, "0"), letters].filter((part) => part !== "").join("-");
}
