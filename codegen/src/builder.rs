//! [`Builder`]: what build.rs and the program call.

use crate::build_script::{self, Script};
use crate::contract::{Contract, Front, Operation};
use crate::diagnostic::{Diagnostic, Diagnostics, Failed};
use crate::lower;
use crate::options::{Authorization, FILE, Function, Options, Purpose};
use crate::output;
use crate::project::Project;
use crate::proof;
use crate::rest;
use crate::source::Crates;
use crate::threads;
use crate::write::{Plan, Target, Turn};
use std::path::{Path, PathBuf};

/// Generates the outputs of one package.
///
/// It starts from the package's `throwback.toml`, if there is one; what is called on the builder says more. Without any
/// output asked for, build.rs gets `contract.json`, `openapi.json` and `client.rs` in `OUT_DIR`.
#[derive(Debug, Clone)]
pub struct Builder {
    folder: PathBuf,
    options: Options,
    script: Option<Script>,
    /// The file in `OUT_DIR` of the Rust client, if that is all that is written.
    client_alone: Option<String>,
    force: bool,
}

/// The outcome of a run.
#[derive(Debug)]
pub struct Generated {
    /// The contract that was read.
    pub contract: Contract,
    /// What differed from the disk.
    pub plan: Plan,
    /// Every file that was read, of which the outputs depend.
    pub inputs: Vec<PathBuf>,
    /// The files of other packages that are not what they should be: a build script leaves them to `throwback generate`.
    pub stale: Vec<PathBuf>,
    /// What is right and may surprise, each in a sentence.
    pub notes: Vec<String>,
    /// The folders of the outputs that are crates.
    crates: Vec<PathBuf>,
}

impl Default for Builder {
    fn default() -> Self {
        Self::new()
    }
}

impl Builder {
    /// The package that cargo is building, or the one in the current folder.
    pub fn new() -> Self {
        Self::project(std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from("."), PathBuf::from))
    }

    /// The package in a folder.
    pub fn project(folder: impl Into<PathBuf>) -> Self {
        let options = Options::default();
        Self { folder: folder.into(), options, script: Script::running(), client_alone: None, force: false }
    }

    /// As in the build script of the package.
    #[cfg(test)]
    pub(crate) fn in_build_script(mut self, out_dir: &Path) -> Self {
        self.script = Some(Script { out_dir: out_dir.to_path_buf(), package: self.folder.clone() });
        self
    }

    /// Writes the Rust client to this file in `OUT_DIR`, and nothing else.
    pub(crate) fn client_alone(mut self, file: impl Into<String>) -> Self {
        self.client_alone = Some(file.into());
        self
    }

    /// What was said to this builder.
    #[cfg(test)]
    pub(crate) fn given(&self) -> &Options {
        &self.options
    }

    /// Options beside those of the configuration file.
    #[must_use]
    pub fn options(mut self, options: Options) -> Self {
        self.options = self.options.overlaid(options);
        self
    }

    /// The API's name; default: the package's.
    #[must_use]
    pub fn name(self, name: impl Into<String>) -> Self {
        self.options(Options { name: Some(name.into()), ..Options::default() })
    }

    /// A root file of the source; default: `src/lib.rs` and `src/main.rs`.
    #[must_use]
    pub fn source(mut self, path: impl Into<PathBuf>) -> Self {
        self.options.sources.push(path.into());
        self
    }

    /// The folder of another crate whose types are described from its source.
    #[must_use]
    pub fn krate(mut self, folder: impl Into<PathBuf>) -> Self {
        self.options.crates.push(folder.into());
        self
    }

    /// What a type that can't be seen is on the wire: `string`, `integer`, `number`, `boolean`, `any` or a Rust type.
    #[must_use]
    pub fn ty(mut self, path: impl Into<String>, described: impl Into<String>) -> Self {
        self.options.types.insert(path.into(), described.into());
        self
    }

    /// The function's ARN, which the integrations call.
    #[must_use]
    pub fn function(self, arn: impl Into<String>) -> Self {
        self.options(Options { function: Some(Function::Arn(arn.into())), ..Options::default() })
    }

    /// Who may call the operations that `throwback.toml` says nothing of: `none`, `iam`, or an authorizer that it describes.
    #[must_use]
    pub fn authorization(self, who: impl AsRef<str>) -> Self {
        let authorization = Authorization { default: Some(who.as_ref().into()), ..Authorization::default() };
        self.options(Options { authorization, ..Options::default() })
    }

    /// What stands before the function: `rest`, which is the default, `rest-proxy`, `http-api`, `function-url`, `alb`, `axum`,
    /// `invoke` …
    #[must_use]
    pub fn front(self, front: impl Into<String>) -> Self {
        self.options(Options { front: Some(front.into()), ..Options::default() })
    }

    /// The browser origin that may call the API, or `*`.
    #[must_use]
    pub fn cors(self, origin: impl Into<String>) -> Self {
        self.options(Options { cors: Some(origin.into()), ..Options::default() })
    }

    /// Writes an output, by its key in `throwback.toml`, to a file or a folder.
    #[must_use]
    pub fn output(mut self, key: &str, path: impl Into<PathBuf>) -> Self {
        self.options.outputs.ask(key, path.into());
        self
    }

    /// Says something of an output, by its key and that of the setting in `throwback.toml`.
    #[must_use]
    pub fn setting(mut self, key: &str, setting: &str, value: impl Into<String>) -> Self {
        self.options.outputs.say(key, setting, value.into());
        self
    }

    /// Writes the contract to a JSON file.
    #[must_use]
    pub fn contract(self, path: impl Into<PathBuf>) -> Self {
        self.output("contract", path)
    }

    /// Writes the OpenAPI document to a JSON file.
    #[must_use]
    pub fn openapi(self, path: impl Into<PathBuf>) -> Self {
        self.output("openapi", path)
    }

    /// Writes a plain `OpenAPI` document, for documentation and other generators, to a JSON file.
    #[must_use]
    pub fn openapi_plain(self, path: impl Into<PathBuf>) -> Self {
        self.output("openapi-plain", path)
    }

    /// Writes the AWS command line's documents to a folder.
    #[must_use]
    pub fn integration_responses(self, path: impl Into<PathBuf>) -> Self {
        self.output("integration-responses", path)
    }

    /// Writes Terraform modules, of the error mapping and of the whole API, to a folder.
    #[must_use]
    pub fn terraform(self, path: impl Into<PathBuf>) -> Self {
        self.output("terraform", path)
    }

    /// Writes the Rust client to a folder as a crate, or to a `.rs` file as a module for `include!`.
    #[must_use]
    pub fn rust_client(self, path: impl Into<PathBuf>) -> Self {
        self.output("rust-client", path)
    }

    /// Writes the TypeScript client to this folder, as a package for npm.
    #[must_use]
    pub fn typescript_client(self, folder: impl Into<PathBuf>) -> Self {
        self.output("typescript-client", folder)
    }

    /// Writes the Go client to a folder, as a module.
    #[must_use]
    pub fn go_client(self, path: impl Into<PathBuf>) -> Self {
        self.output("go-client", path)
    }

    /// The path of the Go client's module, as in `github.com/example/orders`.
    #[must_use]
    pub fn go_module(self, path: impl Into<String>) -> Self {
        self.setting("go-client", "module", path)
    }

    /// Writes the Python client to a folder, as a package.
    #[must_use]
    pub fn python_client(self, folder: impl Into<PathBuf>) -> Self {
        self.output("python-client", folder)
    }

    /// What the Python client's package is called, as `pip` installs it.
    #[must_use]
    pub fn python_package(self, name: impl Into<String>) -> Self {
        self.setting("python-client", "package", name)
    }

    /// Writes the Java client to a folder, as a Maven project.
    #[must_use]
    pub fn java_client(self, path: impl Into<PathBuf>) -> Self {
        self.output("java-client", path)
    }

    /// The package of the Java client, as in `com.example.orders`.
    #[must_use]
    pub fn java_package(self, name: impl Into<String>) -> Self {
        self.setting("java-client", "package", name)
    }

    /// The coordinates of the Java client's artifact, as in `com.example:orders`.
    #[must_use]
    pub fn java_artifact(self, coordinates: impl Into<String>) -> Self {
        self.setting("java-client", "artifact", coordinates)
    }

    /// Writes the test vectors to a JSON file, and tests that run them into each client's package.
    #[must_use]
    pub fn vectors(self, path: impl Into<PathBuf>) -> Self {
        self.output("vectors", path)
    }

    /// What the client's Cargo.toml says of `throwback`, as in `{ path = "../runtime" }`.
    #[must_use]
    pub fn rust_runtime(self, dependency: impl Into<String>) -> Self {
        self.setting("rust-client", "runtime", dependency)
    }

    /// Allows outputs outside the workspace.
    #[must_use]
    pub fn allow_outside(self) -> Self {
        self.options(Options { allow_outside: true, ..Options::default() })
    }

    /// Replaces files that a person has edited.
    #[must_use]
    pub fn force(mut self, force: bool) -> Self {
        self.force = force;
        self
    }

    /// Reads the source and compares every output with the disk; writes nothing.
    ///
    /// # Errors
    /// Every mistake of the source and of the configuration, each with its place.
    pub fn check(&self) -> Result<Generated, Failed> {
        self.run_with(|_| Ok(()))
    }

    /// Plans and finishes in one turn: what another run writes between the two would be lost.
    fn run_with(&self, finish: impl FnOnce(&Plan) -> Result<(), Failed> + Send) -> Result<Generated, Failed> {
        threads::deep(|| {
            let (project, options) = self.open(Purpose::Outputs)?;
            let _turn = Turn::take(&project.limit)?;
            let mut generated = self.planned(&project, options)?;
            finish(&generated.plan)?;
            let paths = generated.crates.iter().filter_map(|folder| project.unlisted(folder));
            generated.notes.extend(paths);
            Ok(generated)
        })
    }

    fn planned(&self, project: &Project, options: Options) -> Result<Generated, Failed> {
        let Read { contract, crates, notes: said } = read(project, &options, options.front())?;
        let mut options = match &self.script {
            Some(script) => options.or_default(|output| output.in_build_script().map(|file| script.out_dir.join(file))),
            None => with_defaults(options),
        };
        options.outputs.each(|output, wanted| output.complete(wanted, project));
        let foreign = self.foreign(project, &options)?;
        let mut cx = output::Cx::new(&contract, &options)?;
        proof::prove_all(&cx.index, &cx.rest, &options.legacy)?;
        if options.outputs.files_read().next().is_some() {
            cx.declared = crates.declarations();
        }
        let is_foreign = |path: &Path| foreign.iter().any(|folder| path.starts_with(folder));
        let files = output::files(&cx)?;
        let mut notes = output::notes(&cx, &files);
        let (others, files): (Vec<_>, Vec<_>) = files.into_iter().partition(|file| is_foreign(&file.path));
        let paths = options.outputs.wanted().filter_map(|(output, wanted)| Some((output, wanted.path.as_deref()?)));
        let folders = paths.filter(|(output, path)| output.form().is_folder(path)).map(|(_, path)| path);
        let (elsewhere, folders) = folders.partition(|path| is_foreign(path));
        let out_dir = self.script.as_ref().map(|script| &*script.out_dir);
        let target = |folders| Target {
            places: project.places(&options, &crates).out_dir(out_dir),
            force: self.force,
            api: &contract.name,
            contract: cx.hash.clone(),
            // Who gives a name with each run may have several.
            only: self.options.name.is_none(),
            folders,
        };
        // What is wrong with those of others is for the run to say that writes them.
        let others = (!others.is_empty()).then(|| Plan::new(others, &target(elsewhere)));
        let stale = others.map_or_else(Vec::new, |plan| plan.map_or(foreign, |plan| plan.files().collect()));
        let plan = Plan::new(files, &target(folders))?;
        let inputs = project.inputs(&options, &crates);
        notes.extend(self.notes(project, &cx.rest, &options));
        // What may stay as it is would be a warning of each build.
        if self.script.is_none() {
            notes.extend(said);
        }
        let paths = options.outputs.wanted().filter_map(|(output, wanted)| Some((output, wanted.path.as_deref()?)));
        let crates = paths.filter(|(output, path)| output.is_crate(path)).map(|(_, path)| path.to_path_buf());
        let crates = crates.filter(|path| !self.in_out_dir(project, path)).collect();
        Ok(Generated {
            contract,
            plan,
            inputs,
            notes,
            crates,
            stale: stale.iter().map(|path| project.folder.join(path)).collect(),
        })
    }

    fn in_out_dir(&self, project: &Project, path: &Path) -> bool {
        self.script.as_ref().is_some_and(|script| script.keeps(project, path))
    }

    fn notes(&self, project: &Project, api: &rest::Api<'_>, options: &Options) -> Vec<String> {
        let opens = options.outputs.wanted().any(|(output, wanted)| {
            // Who may call stays what the document says that it is added to.
            let opens = output.opens() && wanted.read.is_empty();
            opens && wanted.path.as_deref().is_some_and(|path| !self.in_out_dir(project, path))
        });
        let imported = options.front().is_rest() || options.front().is_http_api();
        let open =
            api.operations().filter(|(_, method)| method.access.by == rest::By::Unsaid && !method.access.api_key);
        let open: Vec<_> = open.map(|(operation, _)| format!("`{}`", operation.name)).collect();
        if !imported || !opens || open.is_empty() || api.policy.is_some() {
            return Vec::new();
        }
        let all = api.operations().count() == open.len();
        let which = if all {
            "nothing says who may call".to_owned()
        } else {
            format!("nothing says who may call {}", open.join(", "))
        };
        vec![format!("{which}: {UNSET}")]
    }

    /// The outputs that a build script leaves to `throwback generate`, as the configuration file names them. What the script
    /// itself asks for is a mistake.
    fn foreign(&self, project: &Project, options: &Options) -> Result<Vec<PathBuf>, Failed> {
        let (mut foreign, mut errors) = (Vec::new(), Diagnostics::default());
        let Some(script) = &self.script else { return Ok(foreign) };
        for (output, wanted) in options.outputs.wanted() {
            let Some(path) = &wanted.path else { continue };
            if script.owns(project, path, output.is_crate(path)) {
                continue;
            }
            if self.options.outputs.path(output.key()).is_some() {
                errors.push(build_script::foreign(output.key(), path));
            }
            foreign.push(path.clone());
        }
        errors.finish(foreign)
    }

    /// Reads the source and writes every output that differs from the disk.
    ///
    /// # Errors
    /// As [`Builder::check`], and where a file can't be written. Then every file is as it was, or the mistakes name each
    /// that could not be put back.
    pub fn generate(&self) -> Result<Generated, Failed> {
        self.run_with(Plan::write)
    }

    /// [`Builder::generate`] for build.rs: tells cargo what was read, so that it runs the script again when some of that
    /// has changed and not otherwise; shows the mistakes and ends the process with status 1 if there are any.
    ///
    /// It writes what belongs to the package: what lies in `OUT_DIR`, or in the package's folder and is no crate. What
    /// `throwback.toml` asks for elsewhere is left to `throwback generate`, and cargo shows a warning where it is stale.
    pub fn run(&self) {
        match self.generate() {
            Ok(generated) => build_script::tell(&generated),
            // cargo runs a script that failed again, whatever it watches.
            Err(failed) => {
                eprintln!("{}", failed.render(false));
                std::process::exit(1);
            }
        }
    }

    /// The contract, and the OpenAPI document of a custom integration, whatever the outputs and the front. A set of errors that no operation names has
    /// an operation of the set's name there, so that it can be tried as others are.
    ///
    /// # Errors
    /// As [`Builder::check`].
    pub fn describe(&self) -> Result<(Contract, String), Failed> {
        threads::deep(|| self.described())
    }

    fn described(&self) -> Result<(Contract, String), Failed> {
        let (project, mut options) = self.open(Purpose::Api)?;
        // Messages select responses behind a custom integration alone, and another front's authorizers are none of its.
        let front = options.front();
        if front != Front::Rest {
            (options.front, options.authorization) = (None, Authorization::default());
        }
        // What is invoked has a route to be tried by too.
        let before = if front == Front::Invoke { Front::Rest } else { front };
        let mut contract = read(&project, &options, before)?.contract;
        let stand_ins: Vec<_> = contract.sets_alone().map(Operation::stand_in).collect();
        contract.operations.extend(stand_ins);
        let cx = output::Cx::new(&contract, &options)?;
        let openapi = output::openapi(&cx, &cx.rest);
        contract.front = front;
        Ok((contract, openapi))
    }

    /// The OpenAPI document of an API that answers with examples, without the function.
    ///
    /// # Errors
    /// As [`Builder::check`], and where no REST API stands before the function.
    pub fn mock(&self) -> Result<String, Failed> {
        threads::deep(|| {
            let (project, options) = self.open(Purpose::Api)?;
            let contract = read(&project, &options, options.front())?.contract;
            let cx = output::Cx::new(&contract, &options)?;
            output::mock(&cx).map_err(|text| Diagnostic::new(text).into())
        })
    }

    /// What is proved of each operation's patterns.
    ///
    /// # Errors
    /// As [`Builder::check`], and where a pattern is wrong.
    pub fn prove(&self) -> Result<(Contract, Vec<proof::Proof>), Failed> {
        threads::deep(|| {
            let (project, options) = self.open(Purpose::Api)?;
            let contract = read(&project, &options, options.front())?.contract;
            let cx = output::Cx::new(&contract, &options)?;
            let proofs = proof::prove_all(&cx.index, &cx.rest, &options.legacy)?;
            Ok((contract, proofs))
        })
    }

    /// Where the OpenAPI document of this package lies.
    ///
    /// # Errors
    /// Where the package or its configuration can't be read.
    pub fn openapi_path(&self) -> Result<PathBuf, Failed> {
        let (project, options) = self.open(Purpose::Api)?;
        let options = with_defaults(options);
        let path = options.outputs.path("openapi").unwrap_or(Path::new("generated/openapi.json"));
        Ok(project.folder.join(path))
    }

    /// What stands before the function of this package.
    ///
    /// # Errors
    /// Where the package or its configuration can't be read.
    pub fn before(&self) -> Result<Front, Failed> {
        Ok(self.open(Purpose::Api)?.1.front())
    }

    /// The folder of the package.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn open(&self, purpose: Purpose) -> Result<(Project, Options), Failed> {
        let file = self.folder.join(FILE);
        let read = if file.is_file() { Options::read(&file)? } else { Options::default() };
        let (project, mut options) = (Project::open(&self.folder)?, read.overlaid(self.options.clone()));
        options.check()?;
        options.authorization.read_policy(&project.folder).map_err(Diagnostic::new)?;
        for named in options.operations.values_mut() {
            named.read_template(&project.folder).map_err(Diagnostic::new)?;
        }
        let mut errors = Diagnostics::default();
        for mistake in options.outputs.read_files(&project.folder) {
            errors.push(Diagnostic::new(mistake));
        }
        errors.finish(())?;
        if self.script.as_ref().is_none_or(|script| !script.is_of(&project)) {
            options.hear_script(&project.folder, if self.client_alone.is_some() { Purpose::Api } else { purpose })?;
        }
        if let Some(file) = &self.client_alone {
            let Some(script) = &self.script else { return Err(build_script::absent().into()) };
            let name = Path::new(file);
            if name.file_name() != Some(name.as_os_str()) || name.extension().is_none_or(|end| end != "rs") {
                let text = format!("a client's `file` is {file:?}, which is no name of a file of Rust's");
                return Err(Diagnostic::new(text).help("write one as in `invoked.rs`: it lies in `OUT_DIR`").into());
            }
            options.outputs.forget_paths();
            options.outputs.ask("rust-client", script.out_dir.join(name));
            // Who may call is nothing that a client says, and another front may have no word for it.
            (options.authorization, options.legacy) = (Authorization::default(), Vec::new());
        }
        Ok((project, options))
    }
}

/// What is said where nobody has said who may call.
const UNSET: &str = "once the OpenAPI document is imported, anybody may, even where the API that it \
                     replaces had authorizers; write `authorization = \"iam\"`, an authorizer's name or \"none\" in throwback.toml";

/// What the source says.
struct Read {
    contract: Contract,
    crates: Crates,
    notes: Vec<String>,
}

/// Scans the source and lowers it, as what stands before the function allows.
fn read(project: &Project, options: &Options, front: Front) -> Result<Read, Failed> {
    let crates = project.source(options)?;
    let (name, version) = (project.api_name(options), project.api_version(options));
    let (contract, notes) = lower::contract(&crates, options, front, &name, &version)?;
    Ok(Read { contract, crates, notes })
}

/// What the program writes where nothing is asked for.
fn with_defaults(options: Options) -> Options {
    let front = options.front();
    options.or_default(|output| output.in_program(front).map(PathBuf::from))
}
