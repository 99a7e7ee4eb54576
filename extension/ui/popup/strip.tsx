import type { Account } from "../../settings/account.ts";
import { movedCaptures, unopenedParcels } from "../../settings/items.ts";
import { hideGuestBanner, showsGuestBanner } from "../local/guest-banner.ts";
import { canSync, personalOf } from "../local/may.ts";
import type { Settings } from "../local/settings.ts";
import type { WorkspaceSwitch } from "../local/use-switch-workspace.ts";
import { optionsPath } from "../options/route.ts";
import { Banner } from "../parts/banner.tsx";
import { Button, ButtonLink } from "../parts/button.tsx";
import { useSignIn } from "../parts/use-sign-in.ts";
import { guestWords } from "../words/guest.ts";
import { popupWords } from "../words/popup.ts";
import { roleWords } from "../words/roles.ts";

type StripProps = { settings: Settings; switching: WorkspaceSwitch };

/** One sentence under the head about what keeps records here, or what has just become of them. */
export function Strip(props: StripProps) {
	const notice = noticeOf(props);
	return notice && <aside aria-label={popupWords.notice}>{notice}</aside>;
}

function noticeOf({ settings, switching }: StripProps) {
	const { account } = settings;
	if (!account) {
		const told = settings.sessionEndedAt !== null || !showsGuestBanner(settings.guestBannerHiddenAt, Date.now());
		return told ? null : <GuestStrip />;
	}
	if (switching.problem !== null) return <Refused problem={switching.problem} onHide={switching.forget} />;
	if (settings.hasUnopened) return <Unopened />;
	if (!canSync(account)) return <LooksOnly account={account} switching={switching} />;
	if (settings.movedCaptures > 0) return <Moved count={settings.movedCaptures} />;
	if (settings.targets.length > 0) return null;
	return (
		<Banner
			icon="table"
			action={
				<ButtonLink size="small" newTab href={optionsPath("targets", "new")}>
					{popupWords.noTargetButton}
				</ButtonLink>
			}
		>
			{popupWords.noTarget}
		</Banner>
	);
}

function Moved({ count }: { count: number }) {
	return (
		<Banner icon="check" dismiss={{ label: guestWords.hide, onPress: () => void movedCaptures.setValue(null) }}>
			{guestWords.moved(count)}
		</Banner>
	);
}

function Unopened() {
	return (
		<Banner
			tone="warn"
			icon="alert"
			dismiss={{ label: guestWords.hide, onPress: () => void unopenedParcels.setValue(null) }}
		>
			{guestWords.unopened}
		</Banner>
	);
}

function Refused({ problem, onHide }: { problem: string; onHide: () => void }) {
	return (
		<Banner tone="warn" icon="alert" dismiss={{ label: guestWords.hide, onPress: onHide }}>
			<span role="alert">{problem}</span>
		</Banner>
	);
}

/** Somebody whose role here only looks may still capture: it stays on the device until they work elsewhere. */
function LooksOnly({ account, switching }: { account: Account; switching: WorkspaceSwitch }) {
	const own = personalOf(account);
	return (
		<Banner
			icon="people"
			action={
				own && (
					<Button
						size="small"
						busy={switching.busy && roleWords.switching(switching.busy)}
						onPress={() => switching.switchTo(own)}
					>
						{roleWords.switchTo(own.name)}
					</Button>
				)
			}
		>
			{roleWords.viewerPopup(account.workspaceName)}
		</Banner>
	);
}

function GuestStrip() {
	const { busy, problem, signIn } = useSignIn();
	return (
		<Banner
			tone={problem ? "warn" : "plain"}
			icon={problem ? "alert" : "cloud"}
			action={
				<Button size="small" busy={busy} onPress={signIn}>
					{popupWords.signIn}
				</Button>
			}
			dismiss={{ label: guestWords.dismiss, onPress: hideGuestBanner }}
		>
			{problem ?? guestWords.banner}
		</Banner>
	);
}
