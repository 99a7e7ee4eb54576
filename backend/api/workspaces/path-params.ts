import { Type } from "@sinclair/typebox";
import { Uuid } from "../../contract/ids.ts";

/** `/workspaces/{id}/members/{userId}`. */
export const MemberParam = Type.Object({ id: Uuid, userId: Uuid });

/** `/workspaces/{id}/invites/{inviteId}`. */
export const InviteParam = Type.Object({ id: Uuid, inviteId: Uuid });
