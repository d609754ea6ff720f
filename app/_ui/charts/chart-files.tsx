"use client";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { toast } from "sonner";
import { PopoverPanel } from "@/app/_ui/popover-panel";
import { useAwake } from "@/app/_ui/use-awake";

type Props = {
  /** The picture as SVG: of this server, so that it may be drawn into a PNG. */
  href: string;
  /** What it shows, for whoever hears the button; and of the saved PNG, without its ending. */
  name: string;
  fileName: string;
};

/** Twice as many dots as the picture is wide, for slides and for print. */
const SCALE = 2;

/** A chart to be pasted elsewhere: as SVG (also without a script), as PNG, or copied. */
export function ChartFiles({ href, name, fileName }: Props) {
  const t = useTranslations("client.chart");
  const awake = useAwake();
  const id = useId();

  async function save() {
    const png = await pngOf(href).catch(() => null);
    if (!png) return void toast.error(t("failed"));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(png);
    link.download = `${fileName}.png`;
    link.click();
    URL.revokeObjectURL(link.href);
  }
  async function copy() {
    try {
      // The promise goes in: some browsers allow copying only while the press is still being answered.
      await navigator.clipboard.write([new ClipboardItem({ "image/png": pngOf(href) })]);
      toast(t("copied"));
    } catch {
      toast.error(t("notCopied"));
    }
  }

  return (
    <span className="inline-flex print:hidden">
      <button type="button" popoverTarget={id} className="btn btn-quiet" aria-label={t("menuOf", { name })}>
        {t("menu")}
      </button>
      <PopoverPanel id={id} label={t("menuOf", { name })}>
        <a href={href} download className="menu-item">
          {t("svg")}
        </a>
        <button type="button" className="menu-item" disabled={!awake} onClick={() => void save()}>
          {t("png")}
        </button>
        <button type="button" className="menu-item" disabled={!awake} onClick={() => void copy()}>
          {t("copy")}
        </button>
      </PopoverPanel>
    </span>
  );
}

async function pngOf(href: string): Promise<Blob> {
  const image = new Image();
  image.src = href;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth * SCALE;
  canvas.height = image.naturalHeight * SCALE;
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  if (!blob) throw new Error("The picture could not be drawn");
  return blob;
}
