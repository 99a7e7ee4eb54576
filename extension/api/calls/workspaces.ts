import type { WorkspaceView } from "../../../backend/contract/users.ts";
import type {
	InviteCreate,
	InviteCreated,
	InviteList,
	InviteView,
	MemberList,
	MemberPatch,
	MemberView,
	WorkspaceList,
} from "../../../backend/contract/workspaces.ts";
import type { Requester } from "../request.ts";
import { isAnything, withList, withText } from "../shapes.ts";

/**
 * Tenants and who belongs to them. After a call that changes what the person belongs to, ask the background for
 * `account.refresh`: other surfaces paint from what it keeps.
 */
export function workspaceCalls(request: Requester) {
	return { ...ownWorkspaceCalls(request), ...memberCalls(request), ...inviteCalls(request) };
}

function ownWorkspaceCalls(request: Requester) {
	const isWorkspace = withText<WorkspaceView>("id");
	return {
		async workspaces(): Promise<WorkspaceView[]> {
			const answers = withList<WorkspaceList>("workspaces");
			return (await request({ path: "/api/v1/workspaces", answers })).workspaces;
		},
		createWorkspace(name: string): Promise<WorkspaceView> {
			return request({ method: "POST", path: "/api/v1/workspaces", body: { name }, answers: isWorkspace });
		},
		renameWorkspace(id: string, name: string): Promise<WorkspaceView> {
			return request({ method: "PATCH", path: `/api/v1/workspaces/${id}`, body: { name }, answers: isWorkspace });
		},
		/** `confirm`: its name as the person typed it. Everything in it goes. */
		async deleteWorkspace(id: string, confirm: string): Promise<void> {
			await request({ method: "DELETE", path: `/api/v1/workspaces/${id}`, body: { confirm }, answers: isAnything });
		},
		/** That member becomes owner, and whoever asks becomes admin. */
		async transferWorkspace(id: string, userId: string): Promise<void> {
			const path = `/api/v1/workspaces/${id}/transfer`;
			await request({ method: "POST", path, body: { userId }, answers: isAnything });
		},
		/** @throws ApiFailure `workspaces/last-owner`, `workspaces/personal` */
		async leaveWorkspace(id: string): Promise<void> {
			await request({ method: "POST", path: `/api/v1/workspaces/${id}/leave`, answers: isAnything });
		},
	};
}

function memberCalls(request: Requester) {
	return {
		/** Owners first, then by name. */
		async members(workspaceId: string): Promise<MemberView[]> {
			const answers = withList<MemberList>("members");
			return (await request({ path: `/api/v1/workspaces/${workspaceId}/members`, answers })).members;
		},
		async changeMember(workspaceId: string, userId: string, body: MemberPatch): Promise<void> {
			const path = `/api/v1/workspaces/${workspaceId}/members/${userId}`;
			await request({ method: "PATCH", path, body, answers: isAnything });
		},
		async removeMember(workspaceId: string, userId: string): Promise<void> {
			const path = `/api/v1/workspaces/${workspaceId}/members/${userId}`;
			await request({ method: "DELETE", path, answers: isAnything });
		},
	};
}

function inviteCalls(request: Requester) {
	return {
		/** Open ones only. */
		async invites(workspaceId: string): Promise<InviteView[]> {
			const answers = withList<InviteList>("invites");
			return (await request({ path: `/api/v1/workspaces/${workspaceId}/invites`, answers })).invites;
		},
		/** Its `url` is told here and never again. */
		createInvite(workspaceId: string, body: InviteCreate): Promise<InviteCreated> {
			const path = `/api/v1/workspaces/${workspaceId}/invites`;
			return request({ method: "POST", path, body, answers: withText<InviteCreated>("url") });
		},
		async deleteInvite(workspaceId: string, inviteId: string): Promise<void> {
			const path = `/api/v1/workspaces/${workspaceId}/invites/${inviteId}`;
			await request({ method: "DELETE", path, answers: isAnything });
		},
		/** `token`: the part after `/invite/` of the link. @returns the workspace joined. */
		acceptInvite(token: string): Promise<WorkspaceView> {
			const path = "/api/v1/invites/accept";
			return request({ method: "POST", path, body: { token }, answers: withText<WorkspaceView>("id") });
		},
	};
}
