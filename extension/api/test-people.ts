import type { WorkspaceView } from "../../backend/contract/users.ts";

/** A person as the server knows them. */
export type TestPerson = { id: string; email: string };

/** Whom a token speaks for. `move`: their session works in another workspace from now on. */
export type TokenHolder = {
	person: TestPerson;
	workspaceId: string;
	deviceId: string;
	move: (workspaceId: string) => void;
};

type TestWorkspace = Pick<WorkspaceView, "id" | "name" | "personal"> & { members: Set<string> };

/** The part of the API that knows people: where they belong, what they prefer, and the key of each of their devices. */
export class TestPeople {
	/** Settings by person, as the server has them. */
	readonly settings = new Map<string, Record<string, unknown>>();
	readonly deleted: string[] = [];
	/** What the window to link another way in ends with; null closes it. */
	readonly linkRequests: unknown[] = [];
	/** Answers by path that are given in place of the right ones. */
	readonly wrongAnswers = new Map<string, () => Response>();
	readonly #workspaces = new Map<string, TestWorkspace>();

	personalOf({ id }: TestPerson): TestWorkspace {
		const found = [...this.#workspaces.values()].find(({ personal, members }) => personal && members.has(id));
		return found ?? this.#add({ id: crypto.randomUUID(), name: "Personal", personal: true, members: new Set([id]) });
	}

	/** @returns the id of a workspace with these members. */
	team(name: string, ...members: TestPerson[]): string {
		const ids = new Set(members.map(({ id }) => id));
		return this.#add({ id: crypto.randomUUID(), name, personal: false, members: ids }).id;
	}

	remove({ id }: TestPerson, workspaceId: string): void {
		this.#workspaces.get(workspaceId)?.members.delete(id);
	}

	isMember({ id }: TestPerson, workspaceId: string): boolean {
		return this.#workspaces.get(workspaceId)?.members.has(id) ?? false;
	}

	answer(holder: TokenHolder, pathname: string, init: RequestInit): Response {
		const { person, workspaceId, deviceId, move } = holder;
		const wrong = this.wrongAnswers.get(pathname);
		if (wrong) return wrong();
		const body = (typeof init.body === "string" ? JSON.parse(init.body) : {}) as Record<string, unknown>;
		switch (`${init.method} ${pathname}`) {
			case "GET /api/v1/users/me/full":
				return Response.json({
					user: person,
					accounts: [],
					workspaces: this.#viewsOf(person),
					session: this.#session(workspaceId),
				});
			case "POST /api/v1/users/session/workspace": {
				const next = String(body["workspaceId"]);
				if (!this.isMember(person, next)) return failure(404, "workspaces/not-found");
				move(next);
				return Response.json(this.#session(next));
			}
			case "GET /api/v1/users/me/device-key":
				return Response.json({ key: Buffer.from(`${person.id}${deviceId}`).subarray(0, 32).toString("base64url") });
			case "GET /api/v1/users/me/settings":
				return Response.json({ version: 0, settings: this.settings.get(person.id) ?? {} });
			case "PATCH /api/v1/users/me/settings":
				this.settings.set(person.id, merged(this.settings.get(person.id) ?? {}, body["settings"]));
				return Response.json({ version: 1, settings: this.settings.get(person.id) });
			case "POST /api/v1/users/me/accounts/link":
				this.linkRequests.push(body);
				return Response.json({ url: `https://sheaf.example/oauth/link?ticket=t&state=${String(body["state"])}` });
			case "DELETE /api/v1/users/me":
				if (body["confirm"] !== person.email) return failure(400, "users/confirmation-wrong");
				this.deleted.push(person.id);
				return Response.json({ id: person.id, requestedAt: "", finishedAt: "", counts: {}, grants: [] });
			default:
				return new Response(null, { status: 404 });
		}
	}

	#add(workspace: TestWorkspace): TestWorkspace {
		this.#workspaces.set(workspace.id, workspace);
		return workspace;
	}

	#viewsOf(person: TestPerson): WorkspaceView[] {
		const own = [...this.#workspaces.values()].filter(({ id }) => this.isMember(person, id));
		return own.map(viewOf);
	}

	#session(workspaceId: string) {
		const workspace = this.#workspaces.get(workspaceId);
		const entitlements = { isGuest: false, canSync: true, isPro: false, reason: null };
		return { workspace: workspace && viewOf(workspace), permissions: ["records:write"], entitlements };
	}
}

function viewOf({ id, name, personal }: TestWorkspace): WorkspaceView {
	return { id, name, personal, role: "owner", plan: "free" };
}

function failure(status: number, code: string): Response {
	return Response.json({ error: { code, message: "A sentence." } }, { status });
}

/** RFC 7396, as the server does it. */
function merged(into: Record<string, unknown>, patch: unknown): Record<string, unknown> {
	const result = { ...into };
	for (const [key, value] of Object.entries(patch as Record<string, unknown>)) {
		const before = result[key];
		if (value === null) delete result[key];
		else if (typeof value === "object") result[key] = merged((before as Record<string, unknown>) ?? {}, value);
		else result[key] = value;
	}
	return result;
}
