// Puts the page's front end together from published packages, into rebound_widgets/serve/template/built.
//
//   node build.mjs          writes the files
//   node build.mjs --check  makes them again and compares them with those that are there, byte for byte

import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, brotliDecompressSync, constants } from "node:zlib";
import { build, buildSync } from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));
const TARGET = join(HERE, "..", "rebound_widgets", "serve", "template", "built");
const WEB = { bundle: true, minify: true, target: "es2022", legalComments: "none" };

/** Our own files, whose digest tells a test without node whether what is built is what they say. */
const SOURCES = [".npmrc", "build.mjs", "package-lock.json", "package.json", ...list("licences"), ...list("src")];

function list(folder) {
  return readdirSync(join(HERE, folder)).sort().map((name) => `${folder}/${name}`);
}

function digest(bytes) {
  return createHash("sha256").update(bytes).digest("hex");
}

/** The line to a kernel needs two files of a package whose front door brings notebooks, settings and terminals along. */
const onlyTheLine = {
  name: "only-the-line",
  setup(made) {
    made.onResolve({ filter: /^\.\.$/ }, ({ importer }) =>
      importer.includes("services/lib/kernel/") ? { path: join(HERE, "src/services.js") } : undefined,
    );
    made.onResolve({ filter: /^@jupyterlab\/coreutils$/ }, ({ importer }) =>
      /services\/lib\/(kernel\/|kernelspec\/restapi|serverconnection)/.test(importer)
        ? { path: join(HERE, "src/coreutils.js") }
        : undefined,
    );
    // Its sanitizer weighs as much as all the rest: our manager has its own, beside the controls that need one.
    made.onResolve({ filter: /^sanitize-html$/ }, ({ importer }) =>
      importer.includes("base-manager") ? { path: "nothing", namespace: "nothing" } : undefined,
    );
    // From its single files, so that tabs, menus and docks come only with the controls that have them.
    made.onResolve({ filter: /^@lumino\/widgets$/ }, () => ({ path: join(HERE, "node_modules/@lumino/widgets/src/index.ts"), sideEffects: false }));
    made.onResolve({ filter: /^jquery$/ }, () => ({ path: join(HERE, "node_modules/jquery/dist/jquery.slim.js") }));
    // It compiles styles inside markup, which we let nobody bring.
    made.onResolve({ filter: /^postcss$/ }, () => ({ path: "nothing", namespace: "nothing" }));
    made.onLoad({ filter: /.*/, namespace: "nothing" }, () => ({ contents: "export default undefined;" }));
  },
};

/**
 * anywidget gives a widget's script two seconds, and its child ten, and afterwards drops whatever the kernel says to it: a
 * page that is one of thirty on a small machine needs longer, and whoever waits is told by the page.
 */
const patience = {
  name: "patience",
  setup(made) {
    made.onLoad({ filter: /anywidget\/dist\/index\.js$/ }, ({ path }) => {
      let contents = readFileSync(path, "utf8");
      for (const [hasty, patient] of [
        ["AbortSignal.timeout(2e3)", "AbortSignal.timeout(12e4)"],
        ["to initialize`)),\n          1e4\n", "to initialize`)),\n          12e4\n"],
      ]) {
        if (contents.split(hasty).length !== 2) throw new Error(`anywidget has not one ${hasty} any more.`);
        contents = contents.replace(hasty, () => patient);
      }
      return { contents };
    });
  },
};

/** A style sheet that a script imports becomes a style element, to which early.js gives the page's nonce. */
const styles = {
  name: "styles",
  setup(made) {
    made.onLoad({ filter: /\.css$/ }, ({ path }) => {
      const pictures = { ".svg": "dataurl", ".png": "dataurl", ".woff": "empty", ".woff2": "empty", ".ttf": "empty", ".eot": "empty" };
      const [{ text }] = buildSync({ ...WEB, entryPoints: [path], write: false, loader: pictures }).outputFiles;
      return {
        contents: `const sheet = document.createElement("style"); sheet.textContent = ${JSON.stringify(text)}; document.head.append(sheet);`,
      };
    });
  },
};

async function make() {
  const made = await build({
    ...WEB,
    absWorkingDir: HERE,
    chunkNames: "shared-[hash]",
    define: { "process.env.NODE_ENV": '"production"', global: "globalThis" },
    entryPoints: ["src/page.js", "src/controls.js", "src/output.js"],
    format: "esm",
    loader: { ".svg": "text" },
    logLevel: "error",
    metafile: true,
    outdir: "built",
    outExtension: { ".js": ".mjs" },
    plugins: [onlyTheLine, patience, styles],
    splitting: true,
    write: false,
  });
  const files = new Map();
  for (const { path, contents } of made.outputFiles) files.set(relative(join(HERE, "built"), path), Buffer.from(contents));
  const outputs = Object.entries(made.metafile.outputs).map(([path, about]) => [relative("built", path), about]);
  const { imports } = Object.fromEntries(outputs)["page.mjs"];
  const preload = imports.filter(({ kind }) => kind === "import-statement").map(({ path }) => relative("built", path));
  const used = outputs.flatMap(([, { inputs }]) => Object.keys(inputs).filter((path) => inputs[path].bytesInOutput > 0));
  const sums = Object.fromEntries([...files].map(([name, bytes]) => [name, digest(bytes)]).sort());
  const sources = digest(SOURCES.map((name) => `${name} ${digest(readFileSync(join(HERE, name)))}\n`).join(""));
  files.set("manifest.json", Buffer.from(`${JSON.stringify({ sources, entry: "page.mjs", preload, files: sums }, null, 1)}\n`));
  files.set("THIRD-PARTY.txt", Buffer.from(notices(used)));
  return files;
}

/** Who wrote what is in the files, and under which licence. */
function notices(inputs) {
  const folders = new Set(inputs.map((path) => path.match(/^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//)?.[1]).filter(Boolean));
  const parts = new Map();
  for (const folder of folders) {
    const about = JSON.parse(readFileSync(join(HERE, folder, "package.json"), "utf8"));
    const file = readdirSync(join(HERE, folder)).find((name) => /^licen[cs]e/i.test(name));
    // Jupyter's packages leave out the text of their licence; any other that does stops the build here.
    const path = file ? join(HERE, folder, file) : join(HERE, "licences", `${about.license}.txt`);
    const text = readFileSync(path, "utf8").replaceAll("\r", "").trim();
    parts.set(`${about.name} ${about.version}`, `${about.name} ${about.version}: ${about.license}\n\n${text}\n`);
  }
  const all = [...parts].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, text]) => text);
  return `The page's front end has in it parts of these packages.\n\n${all.join(`\n${"-".repeat(70)}\n\n`)}`;
}

function pack(bytes) {
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });
}

function write(files) {
  rmSync(TARGET, { recursive: true, force: true });
  mkdirSync(TARGET, { recursive: true });
  for (const [name, bytes] of files) {
    writeFileSync(join(TARGET, name), bytes);
    if (!name.endsWith(".mjs")) continue;
    const packed = pack(bytes);
    writeFileSync(join(TARGET, `${name}.br`), packed);
    console.log(`${name}: ${bytes.length} bytes, ${packed.length} packed`);
  }
}

/** @returns {string[]} What differs. Packed files are compared by what is in them: another node packs otherwise. */
function compare(files) {
  const there = readdirSync(TARGET).sort();
  const wanted = [...files.keys()].flatMap((name) => (name.endsWith(".mjs") ? [name, `${name}.br`] : [name])).sort();
  if (String(there) !== String(wanted)) return [`there are ${there}, and there should be ${wanted}`];
  return there.filter((name) => {
    const bytes = readFileSync(join(TARGET, name));
    const same = name.endsWith(".br") ? brotliDecompressSync(bytes) : bytes;
    return !files.get(name.replace(/\.br$/, "")).equals(same);
  });
}

const files = await make();
if (process.argv.includes("--check")) {
  const different = compare(files);
  for (const name of different) console.error(`Not as built from these sources: ${name}`);
  console.log(different.length ? "Run make frontend." : `${files.size} files are as built.`);
  process.exitCode = different.length ? 1 : 0;
} else {
  write(files);
}
