//! The project: where its manifest and source lie, what it is called, and how far its outputs may reach.

use crate::diagnostic::{Diagnostic, Diagnostics, Failed};
use crate::options::{FILE, Options};
use crate::source::Crates;
use crate::write::Places;
use std::collections::HashSet;
use std::path::{Component, Path, PathBuf};

/// A package whose API is generated.
pub(crate) struct Project {
    /// The folder of its Cargo.toml.
    pub(crate) folder: PathBuf,
    /// The outermost folder that its outputs may reach: that of the workspace.
    pub(crate) limit: PathBuf,
    name: String,
    version: String,
    manifest: toml::Table,
}

impl Project {
    /// Reads the package in a folder.
    pub(crate) fn open(folder: &Path) -> Result<Self, Failed> {
        let folder = absolute(folder).map_err(|error| Diagnostic::new(error.to_string()))?;
        let manifest = folder.join("Cargo.toml");
        let text = std::fs::read_to_string(&manifest).map_err(|error| {
            Diagnostic::new(format!("can't read `{}`: {error}", manifest.display()))
                .help("run this in the folder of a package, or name it with `--project DIR`")
        })?;
        let parsed: toml::Table = toml::from_str(&text)
            .map_err(|error| Diagnostic::new(format!("`{}` is no TOML: {}", manifest.display(), error.message())))?;
        let package = |key: &str| {
            let value = parsed.get("package").and_then(|package| package.get(key)).and_then(toml::Value::as_str);
            value.map(ToOwned::to_owned)
        };
        let name = package("name").ok_or_else(|| {
            Diagnostic::new(format!("`{}` is no package: it has no `[package]` with a `name`", manifest.display()))
        })?;
        let limit = workspace(&folder);
        let version = match parsed.get("package").and_then(|package| package.get("version")) {
            // `version.workspace = true`
            Some(toml::Value::Table(_)) => {
                let version = self::manifest(&limit).and_then(|manifest| {
                    let package = manifest.get("workspace")?.get("package")?;
                    package.get("version")?.as_str().map(ToOwned::to_owned)
                });
                version.ok_or_else(|| {
                    let text = format!("`{}` takes its version from a workspace that gives none", manifest.display());
                    Diagnostic::new(text)
                        .help("write `version` there under `[workspace.package]`, or in throwback.toml")
                })?
            }
            // cargo's own default (The Cargo Book, "The `version` field").
            _ => package("version").unwrap_or_else(|| "0.0.0".to_owned()),
        };
        Ok(Self { limit, folder, name, version, manifest: parsed })
    }

    /// The API's name, in kebab case.
    pub(crate) fn api_name(&self, options: &Options) -> String {
        heck::ToKebabCase::to_kebab_case(options.name.as_deref().unwrap_or(&self.name))
    }

    /// The API's version.
    pub(crate) fn api_version(&self, options: &Options) -> String {
        options.version.clone().unwrap_or_else(|| self.version.clone())
    }

    /// What a client's manifest says of the runtime crate, if the package itself takes it from a folder or a
    /// repository: the client takes it from there too.
    pub(crate) fn runtime(&self, client: &Path) -> Option<String> {
        // A dependency may have a name of its own: `tb = { package = "throwback" }`.
        let named = |dependencies: &toml::Value| {
            let renamed = dependencies
                .as_table()?
                .iter()
                .find(|(_, value)| value.get("package").and_then(toml::Value::as_str) == Some("throwback"));
            renamed.map(|(key, _)| key.clone())
        };
        let dependencies = self.manifest.get("dependencies")?;
        let key = named(dependencies).unwrap_or_else(|| "throwback".to_owned());
        let own = dependencies.get(&key)?;
        let inherited = own.get("workspace").is_some().then(|| manifest(&self.limit)).flatten();
        let (given, from) = match &inherited {
            Some(workspace) => (workspace.get("workspace")?.get("dependencies")?.get(&key)?, &self.limit),
            None => (own, &self.folder),
        };
        let mut source = toml::Table::new();
        for (key, value) in
            given.as_table()?.iter().filter(|(key, _)| matches!(key.as_str(), "git" | "rev" | "tag" | "branch"))
        {
            source.insert(key.clone(), value.clone());
        }
        // An absolute path is the same from anywhere; one from here would depend on how deep the client lies.
        let path = given.get("path").and_then(toml::Value::as_str);
        if let Some(path) = path.filter(|path| Path::new(path).is_absolute()) {
            source.insert("path".to_owned(), path.into());
        } else if let Some(path) = path {
            let path = relative(&normal(&self.folder.join(client)), &normal(&from.join(path)));
            source.insert("path".to_owned(), path.to_string_lossy().replace('\\', "/").into());
        }
        let entries: Vec<_> = source.iter().map(|(key, value)| format!("{key} = {value}")).collect();
        (!entries.is_empty()).then(|| format!("{{ {} }}", entries.join(", ")))
    }

    /// Where the root of its library lies, by cargo's rules (The Cargo Book, "Cargo Targets").
    fn library(&self) -> PathBuf {
        let path = self.manifest.get("lib").and_then(|library| library.get("path")).and_then(toml::Value::as_str);
        PathBuf::from(path.unwrap_or("src/lib.rs"))
    }

    /// What other crates call its library.
    fn library_name(&self) -> String {
        let name = self.manifest.get("lib").and_then(|library| library.get("name")).and_then(toml::Value::as_str);
        name.map_or_else(|| self.name.replace('-', "_"), ToOwned::to_owned)
    }

    /// Where the roots of its library and its programs may lie, by cargo's rules (The Cargo Book, "Target auto-discovery").
    fn roots(&self) -> Vec<PathBuf> {
        let programs = self.manifest.get("bin").and_then(toml::Value::as_array).into_iter().flatten();
        let programs = programs.flat_map(|program| {
            let text = |key: &str| program.get(key).and_then(toml::Value::as_str);
            match (text("path"), text("name")) {
                (Some(path), _) => vec![PathBuf::from(path)],
                (None, Some(name)) => {
                    [format!("{name}.rs"), format!("{name}/main.rs")].map(|file| programs_in(&file)).into()
                }
                (None, None) => Vec::new(),
            }
        });
        let found = self.found_programs();
        let mut roots: Vec<_> =
            [self.library(), PathBuf::from("src/main.rs")].into_iter().chain(programs).chain(found).collect();
        let mut seen = HashSet::new();
        roots.retain(|root| seen.insert(root.clone()));
        roots
    }

    /// The folder in which cargo finds programs, unless the manifest says otherwise.
    fn programs(&self) -> Option<PathBuf> {
        let found = self.manifest.get("package").and_then(|package| package.get("autobins")?.as_bool());
        let folder = self.folder.join(programs_in(""));
        (found != Some(false) && folder.is_dir()).then_some(folder)
    }

    /// The roots of the programs there, by their names.
    fn found_programs(&self) -> Vec<PathBuf> {
        let entries = self.programs().and_then(|folder| std::fs::read_dir(folder).ok());
        let mut roots: Vec<_> = entries
            .into_iter()
            .flatten()
            .flatten()
            .filter_map(|entry| {
                let root = programs_in(entry.file_name().to_str()?);
                if root.extension().is_some_and(|extension| extension == "rs") {
                    return Some(root);
                }
                let main = root.join("main.rs");
                self.folder.join(&main).is_file().then_some(main)
            })
            .collect();
        roots.sort();
        roots
    }

    /// Reads the package's source and that of the crates beside it.
    pub(crate) fn source(&self, options: &Options) -> Result<Crates, Failed> {
        let mut errors = Diagnostics::default();
        let mut crates = Crates::new();
        let roots = if options.sources.is_empty() {
            let found: Vec<_> = self.roots().into_iter().filter(|path| self.folder.join(path).is_file()).collect();
            if found.is_empty() {
                let help = "name the root files: `sources = [\"src/function.rs\"]` in throwback.toml";
                errors.push(
                    Diagnostic::new("there is no `src/lib.rs`, no `src/main.rs` and nothing in `src/bin`").help(help),
                );
            }
            found
        } else {
            options.sources.clone()
        };
        let library = self.library();
        for root in &roots {
            // A program knows its package's library by its name.
            let name = (*root == library || root.ends_with("lib.rs")).then(|| self.library_name());
            crates.add(name.as_deref(), &self.folder.join(root), root, true, &mut errors);
        }
        for folder in &options.crates {
            match Self::open(&self.folder.join(folder)) {
                Ok(other) => {
                    let (root, name) = (other.library(), other.library_name());
                    crates.add(Some(&name), &other.folder.join(&root), &folder.join(&root), false, &mut errors);
                }
                Err(failed) => failed.diagnostics().iter().cloned().for_each(|diagnostic| errors.push(diagnostic)),
            }
        }
        errors.finish(crates)
    }

    /// What to do about a crate in the workspace of which the workspace does not know: cargo refuses to build it there.
    pub(crate) fn unlisted(&self, folder: &Path) -> Option<String> {
        let named = normal(&self.folder.join(folder));
        let within = named.strip_prefix(&self.limit).ok()?.to_str()?.replace('\\', "/");
        let workspace = manifest(&self.limit)?.get("workspace")?.clone();
        let listed = |key: &str| {
            let patterns = workspace.get(key).and_then(toml::Value::as_array).into_iter().flatten();
            patterns.filter_map(toml::Value::as_str).any(|pattern| is_like(&within, pattern))
        };
        // Whatever a member depends on by its path is one too, and cargo's own lock names all of them.
        let name = format!("name = \"{}\"", manifest(&named)?.get("package")?.get("name")?.as_str()?);
        let locked = std::fs::read_to_string(self.limit.join("Cargo.lock")).unwrap_or_default();
        let known = listed("members") || listed("exclude") || locked.lines().any(|line| line == name);
        (!known).then(|| {
            let root = relative(&self.folder, &self.limit.join("Cargo.toml"));
            format!(
                "cargo builds `{within}` only if its workspace knows it: add \"{within}\" to `members` in `{}`, or to `exclude`",
                root.display()
            )
        })
    }

    /// Every file that decides what is generated: the configuration, the manifests, and each source file.
    pub(crate) fn inputs(&self, options: &Options, crates: &Crates) -> Vec<PathBuf> {
        let folders = [&self.folder, &self.limit].into_iter().cloned();
        let folders = folders.chain(options.crates.iter().map(|folder| normal(&self.folder.join(folder))));
        let manifests = folders.map(|folder| folder.join("Cargo.toml"));
        // What the package's own script says is asked where another crate's generates.
        let own = [FILE, "build.rs"].map(|file| self.folder.join(file));
        let templates = options.operations.values().filter_map(|named| named.template.as_ref());
        let policy = options.authorization.policy.iter().chain(templates).map(|path| self.folder.join(path));
        let read = options.outputs.files_read().map(|path| self.folder.join(path));
        let mut inputs: Vec<_> = manifests.chain(own).chain(policy).chain(read).filter(|path| path.is_file()).collect();
        inputs.extend(crates.files().map(Path::to_path_buf));
        if options.sources.is_empty() {
            // A new program there is a new root.
            inputs.extend(self.programs());
        }
        inputs.sort();
        inputs.dedup();
        inputs
    }

    /// Where its outputs may lie.
    pub(crate) fn places(&self, options: &Options, crates: &Crates) -> Places {
        let paths = options.outputs.wanted().filter_map(|(output, wanted)| Some((output, wanted.path.as_deref()?)));
        let crates_of_ours = paths.filter(|(output, path)| output.is_crate(path)).map(|(_, path)| path);
        let manifests = [&self.folder, &self.limit].map(|folder| folder.join("Cargo.toml"));
        let others = options.crates.iter().map(|folder| self.folder.join(folder).join("Cargo.toml"));
        // Whether or not they are there: cargo would take an output for the root of a crate.
        let usual = ["src/lib.rs", "src/main.rs"].map(PathBuf::from);
        let roots = self.roots().into_iter().chain(usual).map(|root| self.folder.join(root));
        Places::new(&self.folder, &self.limit, options.allow_outside)
            .crates(crates_of_ours)
            .reserved(manifests.into_iter().chain(others).chain(roots).chain(crates.files().map(Path::to_path_buf)))
            .reserved(options.outputs.files_read().map(|path| self.folder.join(path)))
    }
}

/// Whether a path is one of a pattern's, in which `*` stands for anything within a name.
fn is_like(path: &str, pattern: &str) -> bool {
    let (names, patterns): (Vec<_>, Vec<_>) =
        (path.split('/').collect(), pattern.trim_start_matches("./").trim_end_matches('/').split('/').collect());
    let fits = |name: &str, pattern: &str| match pattern.split_once('*') {
        Some((start, end)) => name.len() >= start.len() + end.len() && name.starts_with(start) && name.ends_with(end),
        None => name == pattern,
    };
    names.len() == patterns.len() && names.iter().zip(patterns).all(|(name, pattern)| fits(name, pattern))
}

/// A file where cargo looks for programs.
fn programs_in(file: &str) -> PathBuf {
    Path::new("src/bin").join(file)
}

/// An absolute path without `..`.
fn absolute(folder: &Path) -> std::io::Result<PathBuf> {
    let whole = std::path::absolute(folder)?;
    if whole.components().any(|part| part == Component::ParentDir) {
        // Behind a link, the folder above is another than the name tells.
        return Ok(std::fs::canonicalize(&whole).unwrap_or_else(|_| normal(&whole)));
    }
    Ok(whole)
}

fn manifest(folder: &Path) -> Option<toml::Table> {
    toml::from_str(&std::fs::read_to_string(folder.join("Cargo.toml")).ok()?).ok()
}

/// The workspace that a folder belongs to, or the folder itself.
fn workspace(folder: &Path) -> PathBuf {
    let is_workspace = |folder: &&Path| manifest(folder).is_some_and(|manifest| manifest.contains_key("workspace"));
    folder.ancestors().find(is_workspace).unwrap_or(folder).to_path_buf()
}

/// The way from one folder to another, both without `.` and `..`.
pub(crate) fn relative(from: &Path, to: &Path) -> PathBuf {
    let shared = from.components().zip(to.components()).take_while(|(a, b)| a == b).count();
    let up = from.components().skip(shared).map(|_| Component::ParentDir);
    up.chain(to.components().skip(shared)).collect()
}

/// A path without `.` and `..`, as far as names alone can tell.
pub(crate) fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for component in path.components() {
        match component {
            Component::ParentDir => {
                normal.pop();
            }
            Component::CurDir => {}
            other => normal.push(other),
        }
    }
    normal
}
