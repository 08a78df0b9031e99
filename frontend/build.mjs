// Compiles static/harmony from scss/, js/ and images/. The same sources give the same bytes: CI compares them.
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import { compile } from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const into = join(here, "..", "static", "harmony");
const modules = join(here, "node_modules");
const font = join(modules, "@fontsource-variable", "atkinson-hyperlegible-next");

// What is copied, by name: never a folder, so that no crown, crest or government font comes along.
const copies = {
  "images/mark.svg": join(here, "images", "mark.svg"),
  // the npm packages of both leave theirs out
  "licences/govuk-frontend.txt": join(here, "licences", "govuk-frontend.txt"),
  "licences/moj-frontend.txt": join(here, "licences", "moj-frontend.txt"),
  "licences/atkinson-hyperlegible-next.txt": join(font, "LICENSE"),
};
for (const part of ["latin", "latin-ext"]) {
  for (const style of ["normal", "italic"]) {
    copies[`fonts/atkinson-next-${part}-${style}.woff2`] = join(
      font,
      "files",
      `atkinson-hyperlegible-next-${part}-wght-${style}.woff2`,
    );
  }
}
const images = join(modules, "@ministryofjustice", "frontend", "moj", "assets", "images");

function styles() {
  const { css } = compile(join(here, "scss", "harmony.scss"), {
    loadPaths: [modules, here],
    style: "compressed",
    quietDeps: true,
    silenceDeprecations: ["import"],
  });
  // a reference to a file that is not there would stop collectstatic
  for (const [, file] of css.matchAll(/url\(["']?([^"')]+)["']?\)/g)) {
    if (!file.startsWith("data:") && !(file in copies)) copies[file] = join(images, file.replace("images/", ""));
  }
  // a property that nobody has set would be no colour at all, and nothing would say so
  const set = new Set([...css.matchAll(/(--[\w-]+)\s*:/g)].map(([, name]) => name));
  const unset = [...css.matchAll(/var\((--[\w-]+)\s*\)/g)].map(([, name]) => name).filter((name) => !set.has(name));
  if (unset.length) throw new Error(`no such custom property: ${[...new Set(unset)].join(", ")}`);
  writeFileSync(join(into, "harmony.css"), css + "\n");
}

function scripts() {
  buildSync({
    entryPoints: [join(here, "js", "early.js"), join(here, "js", "harmony.js")],
    outdir: into,
    absWorkingDir: here,
    bundle: true,
    format: "esm",
    target: "es2020",
    minify: true,
    legalComments: "eof",
    charset: "utf8",
  });
}

// the fonts for PDFs (*.ttf) are made by fonts.py and stay
for (const old of ["harmony.css", "harmony.js", "early.js", "images", "licences"]) {
  rmSync(join(into, old), { recursive: true, force: true });
}
mkdirSync(into, { recursive: true });
styles();
scripts();
for (const [name, from] of Object.entries(copies)) {
  mkdirSync(dirname(join(into, name)), { recursive: true });
  copyFileSync(from, join(into, name));
  chmodSync(join(into, name), 0o644);
}
