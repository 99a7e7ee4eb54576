import { getActivity } from "./activity/get-activity.ts";
import { getAnalytics } from "./activity/get-analytics.ts";
import { queueDashboard } from "./admin/queue-dashboard.ts";
import type { RouteModule } from "./app-deps.ts";
import { getWays } from "./auth/get-ways.ts";
import { postExchange } from "./auth/post-exchange.ts";
import { postGithubDevice } from "./auth/post-github-device.ts";
import { blobRoutes } from "./blobs/blob-routes.ts";
import { getOneBulk } from "./bulk/get-bulk.ts";
import { getBulkList } from "./bulk/list-bulk.ts";
import { postBulk } from "./bulk/post-bulk.ts";
import { postBulkPreview } from "./bulk/post-preview.ts";
import { postBulkStop } from "./bulk/post-stop.ts";
import { connectionRoutes } from "./connections/connection-routes.ts";
import { getDevice } from "./device/get-device.ts";
import { postDevice } from "./device/post-device.ts";
import { postDiagnostics } from "./diagnostics/post-diagnostics.ts";
import { getShape } from "./electric/get-shape.ts";
import { postReplicationToken } from "./electric/post-token.ts";
import { getEntitlements } from "./entitlements/get-entitlements.ts";
import { deleteOneEventHook } from "./event-hooks/delete-event-hook.ts";
import { getOneEventHook } from "./event-hooks/get-event-hook.ts";
import { getEventHooks } from "./event-hooks/list-event-hooks.ts";
import { patchEventHook } from "./event-hooks/patch-event-hook.ts";
import { postEventHook } from "./event-hooks/post-event-hook.ts";
import { postEventHookTest } from "./event-hooks/post-test.ts";
import { getHealthz } from "./health/get-healthz.ts";
import { getReadyz } from "./health/get-readyz.ts";
import { getHome } from "./home/get-home.ts";
import { getInvite } from "./invites/get-invite.ts";
import { postInviteAccept } from "./invites/post-accept.ts";
import { postJoin } from "./invites/post-join.ts";
import { getLive } from "./live/get-live.ts";
import { getMetrics } from "./metrics/get-metrics.ts";
import { getAuthorize } from "./oauth/get-authorize.ts";
import { getJwks } from "./oauth/get-jwks.ts";
import { getMetadata } from "./oauth/get-metadata.ts";
import { getSignIn } from "./oauth/get-sign-in.ts";
import { getForgot } from "./oauth/letter/get-forgot.ts";
import { getLetter } from "./oauth/letter/get-letter.ts";
import { postForgot } from "./oauth/letter/post-forgot.ts";
import { postLetter } from "./oauth/letter/post-letter.ts";
import { postReset } from "./oauth/letter/post-reset.ts";
import { postSignUpCode } from "./oauth/letter/post-sign-up-code.ts";
import { getLink } from "./oauth/link/get-link.ts";
import { postLink } from "./oauth/link/post-link.ts";
import { postContinue } from "./oauth/post-continue.ts";
import { postDeviceAuthorization } from "./oauth/post-device-authorization.ts";
import { postRevoke } from "./oauth/post-revoke.ts";
import { postSignIn } from "./oauth/post-sign-in.ts";
import { postSignOut } from "./oauth/post-sign-out.ts";
import { postSignUp } from "./oauth/post-sign-up.ts";
import { postToken } from "./oauth/post-token.ts";
import { getCallback } from "./oauth/upstream/get-callback.ts";
import { postUpstream } from "./oauth/upstream/post-upstream.ts";
import { postNotice } from "./provider-hooks/post-notice.ts";
import { listProviders } from "./providers/list-providers.ts";
import { recipeRoutes } from "./recipes/recipe-routes.ts";
import { getRecordConflict } from "./records/get-conflict.ts";
import { getRecord } from "./records/get-record.ts";
import { listRecords } from "./records/list-records.ts";
import { postRecordsApprove } from "./records/post-approve.ts";
import { postRecordDecision } from "./records/post-decision.ts";
import { retryRecord } from "./records/retry-record.ts";
import { selectionRoutes } from "./selections/selection-routes.ts";
import { sourceRoutes } from "./sources/source-routes.ts";
import { deleteOneTarget } from "./targets/delete-target.ts";
import { deleteTargetTrigger } from "./targets/delete-trigger.ts";
import { getOneTarget } from "./targets/get-target.ts";
import { getTargetTrigger } from "./targets/get-trigger.ts";
import { getTargets } from "./targets/list-targets.ts";
import { patchTarget } from "./targets/patch-target.ts";
import { postTargetColumns } from "./targets/post-columns.ts";
import { postTargetCompare } from "./targets/post-compare.ts";
import { postTargetPreview } from "./targets/post-preview.ts";
import { postTargetRun } from "./targets/post-run.ts";
import { postTargetSuggest } from "./targets/post-suggest.ts";
import { postTarget } from "./targets/post-target.ts";
import { postTargetTrigger } from "./targets/post-trigger.ts";
import { postTrigger } from "./triggers/post-trigger.ts";
import { deleteAccountLink } from "./users/delete-account-link.ts";
import { deleteMe } from "./users/delete-me.ts";
import { deleteSession } from "./users/delete-session.ts";
import { deleteSessions } from "./users/delete-sessions.ts";
import { getDeviceKey } from "./users/get-device-key.ts";
import { getExport } from "./users/get-export.ts";
import { getMe } from "./users/get-me.ts";
import { getMeFull } from "./users/get-me-full.ts";
import { getMySession } from "./users/get-my-session.ts";
import { getSettings } from "./users/get-settings.ts";
import { listMyAccounts } from "./users/list-my-accounts.ts";
import { listMySessions } from "./users/list-sessions.ts";
import { patchMe } from "./users/patch-me.ts";
import { patchMySettings } from "./users/patch-settings.ts";
import { postAccountLink } from "./users/post-account-link.ts";
import { postPassword } from "./users/post-password.ts";
import { postSessionWorkspace } from "./users/post-session-workspace.ts";
import { postClerkWebhook } from "./webhooks/post-clerk-webhook.ts";
import { deleteInvite } from "./workspaces/delete-invite.ts";
import { deleteMember } from "./workspaces/delete-member.ts";
import { deleteOneWorkspace } from "./workspaces/delete-workspace.ts";
import { getOneWorkspace } from "./workspaces/get-workspace.ts";
import { listInvites } from "./workspaces/list-invites.ts";
import { listMembers } from "./workspaces/list-members.ts";
import { listWorkspaces } from "./workspaces/list-workspaces.ts";
import { patchMember } from "./workspaces/patch-member.ts";
import { patchWorkspace } from "./workspaces/patch-workspace.ts";
import { postInvite } from "./workspaces/post-invite.ts";
import { postLeave } from "./workspaces/post-leave.ts";
import { postTransfer } from "./workspaces/post-transfer.ts";
import { postWorkspace } from "./workspaces/post-workspace.ts";
import { postBatch } from "./writes/post-batch.ts";
import { deleteZapierHook } from "./zapier/delete-zapier-hook.ts";
import { getZapierSample } from "./zapier/get-sample.ts";
import { postZapierHook } from "./zapier/post-zapier-hook.ts";

/** Every route module of the API, one line each; a room may have a list of its own. The route walk test reads the result. */
export const routes: readonly RouteModule[] = [
	getHome,
	getHealthz,
	getReadyz,
	getMetrics,
	queueDashboard,
	getActivity,
	getAnalytics,
	getMetadata,
	getJwks,
	getAuthorize,
	getSignIn,
	postSignIn,
	postSignUp,
	postSignUpCode,
	getForgot,
	postForgot,
	postReset,
	getLetter,
	postLetter,
	postContinue,
	postSignOut,
	postUpstream,
	getCallback,
	getLink,
	postLink,
	postToken,
	postRevoke,
	postDeviceAuthorization,
	getDevice,
	postDevice,
	postClerkWebhook,
	getWays,
	postExchange,
	postGithubDevice,
	getEntitlements,
	getMe,
	listMyAccounts,
	postAccountLink,
	deleteAccountLink,
	getMeFull,
	getMySession,
	postSessionWorkspace,
	listMySessions,
	deleteSession,
	deleteSessions,
	getDeviceKey,
	patchMe,
	postPassword,
	getSettings,
	patchMySettings,
	getExport,
	deleteMe,
	listWorkspaces,
	postWorkspace,
	getOneWorkspace,
	patchWorkspace,
	deleteOneWorkspace,
	listMembers,
	patchMember,
	deleteMember,
	postLeave,
	postTransfer,
	listInvites,
	postInvite,
	deleteInvite,
	postInviteAccept,
	getInvite,
	postJoin,
	postBatch,
	listRecords,
	getRecord,
	retryRecord,
	getRecordConflict,
	postRecordDecision,
	getLive,
	getShape,
	postReplicationToken,
	postDiagnostics,
	getBulkList,
	postBulk,
	postBulkPreview,
	getOneBulk,
	postBulkStop,
	postRecordsApprove,
	listProviders,
	...connectionRoutes,
	getTargets,
	postTarget,
	postTargetSuggest,
	postTargetPreview,
	postTargetColumns,
	postTargetCompare,
	getOneTarget,
	patchTarget,
	deleteOneTarget,
	postTargetRun,
	getTargetTrigger,
	postTargetTrigger,
	deleteTargetTrigger,
	postTrigger,
	...blobRoutes,
	...recipeRoutes,
	...sourceRoutes,
	...selectionRoutes,
	postNotice,
	getEventHooks,
	postEventHook,
	getOneEventHook,
	patchEventHook,
	deleteOneEventHook,
	postEventHookTest,
	postZapierHook,
	getZapierSample,
	deleteZapierHook,
];
