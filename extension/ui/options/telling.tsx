import { movedCaptures, unopenedParcels } from "../../settings/items.ts";
import { hideGuestBanner, showsGuestBanner } from "../local/guest-banner.ts";
import { canSync, personalOf } from "../local/may.ts";
import { useSwitchWorkspace } from "../local/use-switch-workspace.ts";
import { Banner } from "../parts/banner.tsx";
import { Button } from "../parts/button.tsx";
import { useSignIn } from "../parts/use-sign-in.ts";
import { guestWords } from "../words/guest.ts";
import { roleWords } from "../words/roles.ts";
import { useWorld } from "./context.ts";
import type { PageName } from "./route.ts";

/** Pages that say by themselves what a missing account means for them. */
const saysItself: ReadonlySet<PageName> = new Set([
	"overview",
	"connections",
	"targets",
	"selections",
	"inbox",
	"webhooks",
	"activity",
	"workspace",
	"account",
]);
/** Pages on which somebody who may only look would look for something to press. */
const forThoseWhoWrite: ReadonlySet<PageName> = new Set([
	"overview",
	"connections",
	"targets",
	"selections",
	"records",
]);

/** At most one sentence over the page about who is here: records that stayed sealed, moved captures, an ended session, a guest, or a role that only looks. */
export function Telling({ page }: { page: PageName }) {
	const { settings, records } = useWorld();
	const { account } = settings;
	if (account) {
		if (settings.hasUnopened) return <Unopened />;
		if (settings.movedCaptures > 0) return <Moved count={settings.movedCaptures} />;
		return canSync(account) || !forThoseWhoWrite.has(page) ? null : <LooksOnly />;
	}
	if (saysItself.has(page)) return null;
	if (settings.sessionEndedAt !== null) return <Guest words={guestWords.ended} tone="warn" />;
	if (records.recent.length === 0 || !showsGuestBanner(settings.guestBannerHiddenAt, Date.now())) return null;
	return <Guest words={guestWords.banner} onHide={hideGuestBanner} />;
}

function Moved({ count }: { count: number }) {
	return (
		<div class="card-banner" role="status">
			<Banner icon="check" dismiss={{ label: guestWords.hide, onPress: () => void movedCaptures.setValue(null) }}>
				{guestWords.moved(count)}
			</Banner>
		</div>
	);
}

function Unopened() {
	return (
		<div class="card-banner" role="status">
			<Banner
				tone="warn"
				icon="alert"
				dismiss={{ label: guestWords.hide, onPress: () => void unopenedParcels.setValue(null) }}
			>
				{guestWords.unopened}
			</Banner>
		</div>
	);
}

type GuestProps = { words: string; tone?: "warn"; onHide?: () => void };

function Guest({ words, tone, onHide }: GuestProps) {
	const { busy, problem, signIn } = useSignIn();
	return (
		<div class="card-banner">
			<Banner
				tone={problem ? "warn" : (tone ?? "plain")}
				icon={problem || tone ? "alert" : "cloud"}
				action={
					<Button size="small" busy={busy} onPress={signIn}>
						{guestWords.signIn}
					</Button>
				}
				{...(onHide ? { dismiss: { label: guestWords.dismiss, onPress: onHide } } : {})}
			>
				{problem ?? words}
			</Banner>
		</div>
	);
}

function LooksOnly() {
	const { account } = useWorld().settings;
	const { busy, problem, switchTo } = useSwitchWorkspace();
	const own = personalOf(account);
	return (
		<div class="card-banner">
			<Banner
				tone={problem ? "warn" : "plain"}
				icon={problem ? "alert" : "people"}
				action={
					own && (
						<Button size="small" busy={busy && roleWords.switching(busy)} onPress={() => switchTo(own)}>
							{roleWords.switchTo(own.name)}
						</Button>
					)
				}
			>
				{problem ?? roleWords.viewerHere(account?.workspaceName ?? "")}
			</Banner>
		</div>
	);
}
