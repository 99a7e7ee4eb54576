import { t } from "../../i18n/t.ts";
import type { ShotFailure } from "../../shots/shot.ts";

/** Every sentence about pictures that are taken here, and where they are. */
export const pictureWords = {
	shots: t("pictures.shots"),
	of: { visible: t("pictures.visible"), element: t("pictures.element"), page: t("pictures.page") },
	takingVisible: t("pictures.takingVisible"),
	takingPage: t("pictures.takingPage"),
	stop: t("pictures.stop"),
	cut: t("pictures.cut"),
	failed: (because: ShotFailure) => t(`pictures.failed.${because}`),
	keepCopy: t("pictures.keepCopy"),
	keepCopyWhy: (site: string) => t("pictures.keepCopyWhy", { site }),
	keepCopyRefused: (site: string) => t("pictures.keepCopyRefused", { site }),
	keepCopyFailed: (site: string) => t("pictures.keepCopyFailed", { site }),
	keepCopyKind: t("pictures.keepCopyKind"),
	keeping: t("pictures.keeping"),
	here: t("pictures.here"),
	uploading: t("pictures.uploading"),
	atServer: t("pictures.atServer"),
	atServerHere: t("pictures.atServerHere"),
	elsewhere: (device: string | null) =>
		device === null ? t("pictures.elsewhereUnnamed") : t("pictures.elsewhere", { device }),
	gone: t("pictures.gone"),
	unknown: t("pictures.unknown"),
	looking: t("pictures.looking"),
	fetch: t("pictures.fetch"),
	alt: t("pictures.altPlain"),
};

/** What the overlay says in which an element is chosen. */
export const chooserWords = {
	title: t("pictures.chooseTitle"),
	hint: t("pictures.choose"),
	keys: t("pictures.chooseKeys"),
};
