//! The module tree: every item of a crate that a contract can name, where it stands.

use super::cfg::{Assume, Condition, condition, conditional};
use super::depth;
use crate::diagnostic::{Diagnostic, Diagnostics, SourceFile};
use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;
use syn::visit::Visit;
use syn::visit_mut::VisitMut;
use syn::{Attribute, Expr, Ident, Lit, Meta, UseTree};

/// A module's number in [`Crates`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct ModuleId(usize);

/// All crates whose source is read.
#[derive(Default)]
pub(crate) struct Crates {
    modules: Vec<Module>,
    /// Root modules: those of the crate itself first.
    roots: Vec<ModuleId>,
    /// Roots by the name under which other crates know them.
    names: HashMap<String, ModuleId>,
    /// The files that are being read, each a module of the one before.
    open: Vec<PathBuf>,
    /// How often each file was read.
    read: HashMap<PathBuf, u8>,
    /// Types for which a trait is written by hand, each by its name behind the trait's.
    by_hand: HashSet<(String, String)>,
}

/// How many modules one file may be: files that each are two modules of the next would double with each.
const MODULES: u8 = 16;

pub(crate) struct Module {
    pub(crate) parent: Option<ModuleId>,
    pub(crate) root: ModuleId,
    pub(crate) name: String,
    items: HashMap<String, Item>,
    /// Names that `use` brings, with the path that each stands for.
    pub(crate) imports: HashMap<String, Vec<String>>,
    /// Paths whose every item is brought.
    pub(crate) globs: Vec<Glob>,
    /// Items in the order of declaration.
    order: Vec<String>,
    /// Functions, which share no names with types.
    pub(crate) functions: Vec<Function>,
    /// Handlers that are no free functions of the module: they can't be operations, and are kept to say so.
    pub(crate) misplaced: Vec<Place>,
    /// The `cfg` under which the module stands, or the one around it.
    cfg: Option<Place>,
    /// Each name that is declared or brought, and whether it is so under a `cfg`.
    conditions: HashMap<String, bool>,
    /// Names that stand for one thing or another, by a `cfg`, and where the other is.
    pub(crate) alternatives: HashMap<String, Place>,
}

/// A path whose every item is brought.
pub(crate) struct Glob {
    pub(crate) path: Vec<String>,
    /// The `cfg` that it depends on.
    pub(crate) cfg: Option<Place>,
}

/// A place in the source: a file and a span in it.
#[derive(Clone)]
pub(crate) struct Place {
    pub(crate) file: Arc<SourceFile>,
    pub(crate) span: Span,
}

/// A function that may be an operation.
pub(crate) struct Function {
    pub(crate) file: Arc<SourceFile>,
    pub(crate) item: syn::ItemFn,
    /// The `cfg` that it, or a module around it, depends on.
    pub(crate) cfg: Option<Place>,
}

/// Where a file's modules lie.
struct Folders {
    /// Those found by their names.
    named: PathBuf,
    /// Those that a `path` attribute names.
    given: PathBuf,
}

/// One item that a type can name.
#[derive(Clone)]
pub(crate) struct Item {
    pub(crate) file: Arc<SourceFile>,
    pub(crate) kind: ItemKind,
}

#[derive(Clone)]
pub(crate) enum ItemKind {
    Enum(Rc<syn::ItemEnum>),
    Struct(Rc<syn::ItemStruct>),
    Union(Rc<syn::ItemUnion>),
    Alias(Rc<syn::ItemType>),
    Module(ModuleId),
}

impl ItemKind {
    /// The item as it is where a condition holds.
    pub(crate) fn assuming(&self, condition: &str) -> Self {
        let mut kind = self.clone();
        match &mut kind {
            Self::Enum(item) => Assume(condition).visit_item_enum_mut(Rc::make_mut(item)),
            Self::Struct(item) => Assume(condition).visit_item_struct_mut(Rc::make_mut(item)),
            Self::Union(_) | Self::Alias(_) | Self::Module(_) => {}
        }
        kind
    }
}

impl Crates {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Reads a crate from its root file. `name` is what other crates call it.
    pub(crate) fn add(&mut self, name: Option<&str>, path: &Path, shown: &Path, own: bool, errors: &mut Diagnostics) {
        let id = self.module(String::new(), None, None);
        if let Some(name) = name {
            self.names.insert(name.replace('-', "_"), id);
        }
        if own {
            self.roots.push(id);
        }
        let folders = Folders { named: folder(path).to_path_buf(), given: folder(path).to_path_buf() };
        self.read.entry(real(path)).or_default();
        match parse(path, shown) {
            Ok((file, parsed)) => {
                self.open.push(real(path));
                self.inside(id, &file, &parsed.attrs);
                self.items(id, &file, parsed.items, &folders, errors);
                self.open.pop();
            }
            Err(diagnostic) => errors.push(*diagnostic),
        }
    }

    /// Notes the `#![cfg(…)]` of a module's own file.
    fn inside(&mut self, id: ModuleId, file: &Arc<SourceFile>, attrs: &[Attribute]) {
        if let Condition::Depends(span) = condition(attrs) {
            self.modules[id.0].cfg.get_or_insert(Place { file: Arc::clone(file), span });
        }
    }

    fn module(&mut self, name: String, parent: Option<ModuleId>, cfg: Option<Place>) -> ModuleId {
        let id = ModuleId(self.modules.len());
        let root = parent.map_or(id, |parent| self.modules[parent.0].root);
        self.modules.push(Module {
            parent,
            root,
            name,
            items: HashMap::new(),
            imports: HashMap::new(),
            globs: Vec::new(),
            order: Vec::new(),
            functions: Vec::new(),
            misplaced: Vec::new(),
            cfg: cfg.or_else(|| parent.and_then(|parent| self.modules[parent.0].cfg.clone())),
            conditions: HashMap::new(),
            alternatives: HashMap::new(),
        });
        id
    }

    fn items(
        &mut self,
        id: ModuleId,
        file: &Arc<SourceFile>,
        items: Vec<syn::Item>,
        folders: &Folders,
        errors: &mut Diagnostics,
    ) {
        for item in items {
            let cfg = match condition(attributes(&item)) {
                Condition::Never => continue,
                Condition::Always => None,
                Condition::Depends(span) => Some(Place { file: Arc::clone(file), span }),
            };
            let depends = cfg.is_some();
            if file.text.contains("operation") {
                let mut misplaced = Misplaced { depth: 0, found: Vec::new() };
                misplaced.visit_item(&item);
                let places = misplaced.found.into_iter().map(|span| Place { file: Arc::clone(file), span });
                self.modules[id.0].misplaced.extend(places);
            }
            let (ident, kind) = match item {
                syn::Item::Enum(item) => (item.ident.clone(), ItemKind::Enum(Rc::new(item))),
                syn::Item::Struct(item) => (item.ident.clone(), ItemKind::Struct(Rc::new(item))),
                syn::Item::Union(item) => (item.ident.clone(), ItemKind::Union(Rc::new(item))),
                syn::Item::Type(item) => (item.ident.clone(), ItemKind::Alias(Rc::new(item))),
                syn::Item::Mod(item) => {
                    (item.ident.clone(), ItemKind::Module(self.submodule(id, file, item, folders, cfg, errors)))
                }
                syn::Item::Fn(item) => {
                    self.function(id, file, item, cfg);
                    continue;
                }
                syn::Item::Impl(item) => {
                    self.by_hand.extend(by_hand(&item));
                    self.methods(id, file, item);
                    continue;
                }
                syn::Item::Use(item) => {
                    self.imports(id, &item.tree, &mut Vec::new(), file, cfg.as_ref());
                    continue;
                }
                _ => continue,
            };
            self.item(id, file, &ident, kind, depends);
        }
    }

    fn item(&mut self, id: ModuleId, file: &Arc<SourceFile>, ident: &Ident, kind: ItemKind, depends: bool) {
        let name = unraw(ident);
        self.alternative(id, &name, Place { file: Arc::clone(file), span: ident.span() }, depends);
        let module = &mut self.modules[id.0];
        if module.items.insert(name.clone(), Item { file: Arc::clone(file), kind }).is_none() {
            module.order.push(name);
        }
    }

    /// Notes a name, and that there are two of it if a `cfg` chooses between them.
    fn alternative(&mut self, id: ModuleId, name: &str, place: Place, depends: bool) {
        let module = &mut self.modules[id.0];
        if let Some(before) = module.conditions.insert(name.to_owned(), depends)
            && (before || depends)
        {
            module.alternatives.insert(name.to_owned(), place);
        }
    }

    fn function(&mut self, id: ModuleId, file: &Arc<SourceFile>, item: syn::ItemFn, cfg: Option<Place>) {
        let module = &mut self.modules[id.0];
        let cfg = cfg.or_else(|| module.cfg.clone());
        module.functions.push(Function { file: Arc::clone(file), item, cfg });
    }

    /// Whether a type of this name has an impl of a trait that no derive wrote.
    pub(crate) fn is_by_hand(&self, of: &str, name: &str) -> bool {
        self.by_hand.contains(&(of.to_owned(), name.to_owned()))
    }

    /// No method can be an operation: those with `self` are kept for the shared parser to say so of one that is marked.
    fn methods(&mut self, id: ModuleId, file: &Arc<SourceFile>, item: syn::ItemImpl) {
        for item in item.items {
            if let syn::ImplItem::Fn(method) = item
                && method.sig.receiver().is_some()
            {
                let syn::ImplItemFn { attrs, vis, modifiers, sig, block } = method;
                self.function(id, file, syn::ItemFn { attrs, vis, modifiers, sig, block: Box::new(block) }, None);
            }
        }
    }

    fn submodule(
        &mut self,
        id: ModuleId,
        file: &Arc<SourceFile>,
        item: syn::ItemMod,
        folders: &Folders,
        cfg: Option<Place>,
        errors: &mut Diagnostics,
    ) -> ModuleId {
        let name = unraw(&item.ident);
        if let Some(span) = conditional(&item.attrs, "path") {
            let text = format!("which file the module `{name}` is depends on a `cfg`: name it by a plain `path`");
            errors.push(Diagnostic::new(text).at(file, span.byte_range(), ""));
        }
        let child = self.module(name.clone(), Some(id), cfg);
        let inside = folders.named.join(&name);
        let explicit = path_attribute(&item.attrs).map(|path| folders.given.join(path));
        if let Some((_, items)) = item.content {
            let inside = explicit.unwrap_or(inside);
            self.items(child, file, items, &Folders { named: inside.clone(), given: inside }, errors);
            return child;
        }
        let candidates = match &explicit {
            Some(path) => vec![path.clone()],
            None => vec![folders.named.join(format!("{name}.rs")), inside.join("mod.rs")],
        };
        let Some(found) = candidates.iter().find(|candidate| candidate.is_file()) else {
            let wanted: Vec<_> = candidates.iter().map(|path| format!("`{}`", shown(file, path).display())).collect();
            let text = format!("the module `{name}` has no file: expected {}", wanted.join(" or "));
            errors.push(Diagnostic::new(text).at(file, item.ident.span().byte_range(), ""));
            return child;
        };
        let real = real(found);
        let times = self.read.entry(real.clone()).or_default();
        *times = times.saturating_add(1);
        if self.open.contains(&real) || *times > MODULES {
            let text = format!("the module `{name}` is a file that is a module of itself, or over {MODULES} times one");
            errors.push(Diagnostic::new(text).at(file, item.ident.span().byte_range(), ""));
            return child;
        }
        match parse(found, &shown(file, found)) {
            Ok((file, parsed)) => {
                // A file that a `path` names keeps its modules beside it, as a `mod.rs` does.
                let given = folder(found).to_path_buf();
                let named = if explicit.is_some() { given.clone() } else { inside };
                self.open.push(real);
                self.inside(child, &file, &parsed.attrs);
                self.items(child, &file, parsed.items, &Folders { named, given }, errors);
                self.open.pop();
            }
            Err(diagnostic) => errors.push(*diagnostic),
        }
        child
    }

    fn imports(
        &mut self,
        id: ModuleId,
        tree: &UseTree,
        path: &mut Vec<String>,
        file: &Arc<SourceFile>,
        cfg: Option<&Place>,
    ) {
        let (ident, whole) = match tree {
            UseTree::Path(tree) => {
                path.push(unraw(&tree.ident));
                self.imports(id, &tree.tree, path, file, cfg);
                path.pop();
                return;
            }
            UseTree::Group(tree) => {
                return tree.items.iter().for_each(|tree| self.imports(id, tree, path, file, cfg));
            }
            UseTree::Glob(_) => {
                return self.modules[id.0].globs.push(Glob { path: path.clone(), cfg: cfg.cloned() });
            }
            UseTree::Name(tree) if tree.ident == "self" => (&tree.ident, path.clone()),
            UseTree::Name(tree) => (&tree.ident, path.iter().cloned().chain([unraw(&tree.ident)]).collect()),
            UseTree::Rename(tree) => (&tree.rename, path.iter().cloned().chain([unraw(&tree.ident)]).collect()),
        };
        let name = if ident == "self" { path.last().cloned() } else { Some(unraw(ident)) };
        let Some(name) = name else { return };
        if self.modules[id.0].imports.get(&name) != Some(&whole) {
            self.alternative(id, &name, Place { file: Arc::clone(file), span: ident.span() }, cfg.is_some());
        }
        self.modules[id.0].imports.insert(name, whole);
    }

    /// Every file that was read, without links.
    pub(crate) fn files(&self) -> impl Iterator<Item = &Path> {
        self.read.keys().map(PathBuf::as_path)
    }

    pub(crate) fn get(&self, id: ModuleId) -> &Module {
        &self.modules[id.0]
    }

    /// The item of a name that a module declares itself.
    pub(crate) fn declared(&self, id: ModuleId, name: &str) -> Option<&Item> {
        self.modules[id.0].items.get(name)
    }

    /// The root of a crate by its name.
    pub(crate) fn by_name(&self, name: &str) -> Option<ModuleId> {
        self.names.get(name).copied()
    }

    /// Every module of the crate itself, parents before children.
    pub(crate) fn own(&self) -> impl Iterator<Item = ModuleId> {
        (0..self.modules.len()).map(ModuleId).filter(|id| self.roots.contains(&self.get(*id).root))
    }

    /// Every module, those of other crates too.
    pub(crate) fn every(&self) -> impl Iterator<Item = ModuleId> {
        (0..self.modules.len()).map(ModuleId)
    }

    /// The items that a module declares, in their order.
    pub(crate) fn items_of(&self, id: ModuleId) -> impl Iterator<Item = (&str, &Item)> {
        let module = self.get(id);
        module.order.iter().filter_map(|name| Some((name.as_str(), module.items.get(name)?)))
    }
}

/// Reads a file and parses it.
fn parse(path: &Path, shown: &Path) -> Result<(Arc<SourceFile>, syn::File), Box<Diagnostic>> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| Box::new(Diagnostic::new(format!("can't read `{}`: {error}", shown.display()))))?;
    // syn would cut a byte-order mark itself, and all places would be off by its length.
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned();
    let file = Arc::new(SourceFile { real: path.to_path_buf(), path: shown.to_path_buf(), text });
    match syn::parse_str(&without_shebang(&file.text)).map_err(Unread::Refused).and_then(shallow) {
        Ok(parsed) => Ok((file, parsed)),
        Err(Unread::TooDeep(span)) => {
            Err(Box::new(Diagnostic::new("this source nests too deep to be read").at(&file, span.byte_range(), "")))
        }
        Err(Unread::Refused(error)) => {
            let range = error.span().byte_range();
            Err(Box::new(Diagnostic::new(format!("this is not Rust that parses: {error}")).at(&file, range, "")))
        }
    }
}

/// A file without the line that names its interpreter, of the same length so that all places stay.
fn without_shebang(text: &str) -> Cow<'_, str> {
    match text.strip_prefix("#!") {
        Some(rest) if !rest.trim_start().starts_with('[') => {
            let line = text.find('\n').unwrap_or(text.len());
            Cow::Owned(" ".repeat(line) + &text[line..])
        }
        _ => Cow::Borrowed(text),
    }
}

/// Why a file can't be read.
enum Unread {
    TooDeep(Span),
    Refused(syn::Error),
}

/// Parses tokens that a stack can hold.
fn shallow(tokens: TokenStream) -> Result<syn::File, Unread> {
    match depth::too_deep(&tokens) {
        Some(span) => Err(Unread::TooDeep(span)),
        None => syn::parse2(tokens).map_err(Unread::Refused),
    }
}

/// How people name a file that lies near `file`: by the same start of the path.
fn shown(file: &SourceFile, found: &Path) -> PathBuf {
    let (real, visible) = (folder(&file.real), folder(&file.path));
    found.strip_prefix(real).map_or_else(|_| found.to_path_buf(), |rest| visible.join(rest))
}

/// A file by the only name that it has.
fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_path_buf())
}

fn folder(path: &Path) -> &Path {
    path.parent().unwrap_or(Path::new(""))
}

fn path_attribute(attrs: &[Attribute]) -> Option<String> {
    attrs.iter().find(|attr| attr.path().is_ident("path")).and_then(|attr| match &attr.meta {
        Meta::NameValue(pair) => match &pair.value {
            Expr::Lit(value) => match &value.lit {
                Lit::Str(text) => Some(text.value()),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    })
}

/// The attributes of an item that a contract can name, or that leads to one.
/// Looks for handlers in the items and bodies of an item: in an `impl` or a trait, in a function's body, and in a macro.
struct Misplaced {
    /// How many functions stand around.
    depth: usize,
    found: Vec<Span>,
}

impl Misplaced {
    fn note(&mut self, attrs: &[Attribute], ident: &Ident) {
        let marks = |attr: &Attribute| attr.path().segments.last().is_some_and(|last| last.ident == "operation");
        if attrs.iter().any(marks) {
            self.found.push(ident.span());
        }
    }
}

impl<'ast> Visit<'ast> for Misplaced {
    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        if self.depth > 0 {
            self.note(&item.attrs, &item.sig.ident);
        }
        self.depth += 1;
        syn::visit::visit_item_fn(self, item);
        self.depth -= 1;
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        // One with `self` is what the shared parser reports.
        if self.depth > 0 || item.sig.receiver().is_none() {
            self.note(&item.attrs, &item.sig.ident);
        }
        self.depth += 1;
        syn::visit::visit_impl_item_fn(self, item);
        self.depth -= 1;
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        self.note(&item.attrs, &item.sig.ident);
        self.depth += 1;
        syn::visit::visit_trait_item_fn(self, item);
        self.depth -= 1;
    }

    /// What a macro makes is there only when rustc has run it.
    fn visit_macro(&mut self, item: &'ast syn::Macro) {
        if self.depth == 0 {
            marked(item.tokens.clone(), &mut self.found);
        }
    }

    /// A module of a file is looked at by itself.
    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        if self.depth > 0 {
            syn::visit::visit_item_mod(self, item);
        }
    }
}

/// Finds `#[operation(…)]` among the tokens of a macro.
fn marked(tokens: TokenStream, found: &mut Vec<Span>) {
    let mut after_hash = false;
    for token in tokens {
        let is_hash = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '#');
        if let TokenTree::Group(group) = token {
            if after_hash && group.delimiter() == Delimiter::Bracket {
                let path = group.stream().into_iter().take_while(|token| !matches!(token, TokenTree::Group(_)));
                if let Some(TokenTree::Ident(last)) = path.last().filter(|last| last.to_string() == "operation") {
                    found.push(last.span());
                }
            } else {
                marked(group.stream(), found);
            }
        }
        after_hash = is_hash;
    }
}

/// The last names of a trait and of the type that an impl writes it for.
fn by_hand(item: &syn::ItemImpl) -> Option<(String, String)> {
    let syn::Type::Path(ty) = &*item.self_ty else { return None };
    let (of, _) = item.trait_.as_ref()?;
    Some((unraw(&of.segments.last()?.ident), unraw(&ty.path.segments.last()?.ident)))
}

fn attributes(item: &syn::Item) -> &[Attribute] {
    match item {
        syn::Item::Enum(item) => &item.attrs,
        syn::Item::Struct(item) => &item.attrs,
        syn::Item::Union(item) => &item.attrs,
        syn::Item::Type(item) => &item.attrs,
        syn::Item::Fn(item) => &item.attrs,
        syn::Item::Impl(item) => &item.attrs,
        syn::Item::Use(item) => &item.attrs,
        syn::Item::Mod(item) => &item.attrs,
        _ => &[],
    }
}

pub(crate) fn unraw(ident: &Ident) -> String {
    let text = ident.to_string();
    text.strip_prefix("r#").map_or_else(|| text.clone(), ToOwned::to_owned)
}
