//! The parsed template: what a template's text means, before any value is known.

use super::jsonpath::Path;
use super::number::Number;
use std::sync::Arc;

/// A sequence of nodes.
pub(super) type Block = Vec<Node>;

/// One piece of a template.
#[derive(Debug)]
pub(super) enum Node {
    Text(Arc<str>),
    Print(Reference),
    Set(Reference, Expression),
    If {
        arms: Vec<(Expression, Block)>,
        otherwise: Block,
    },
    Foreach(Foreach),
    /// `#break`, of what its argument names.
    Break(Option<Expression>),
    /// `#stop`, with a message for a log.
    Stop(Option<Expression>),
    Define(Arc<Definition>),
    /// `#name(…)`: a macro, or text.
    Call(Call),
    Evaluate(Expression),
    Parse(Option<Expression>),
    Include(Vec<Expression>),
}

/// `#foreach`: its arguments are the variable, a word, the list, and what is rendered where there are more.
#[derive(Debug)]
pub(super) struct Foreach {
    pub(super) variable: Arc<str>,
    pub(super) arguments: Vec<Expression>,
    pub(super) body: Block,
}

/// A block with a name, which is rendered where it is printed.
#[derive(Debug)]
pub(super) struct Definition {
    pub(super) name: Arc<str>,
    pub(super) body: Block,
    /// How often it may be inside of itself.
    pub(super) depth: usize,
}

#[derive(Debug)]
pub(super) struct Macro {
    pub(super) parameters: Vec<Arc<str>>,
    pub(super) body: Block,
}

#[derive(Debug)]
pub(super) struct Call {
    pub(super) name: Arc<str>,
    pub(super) arguments: Arc<[Expression]>,
    /// The arguments as text.
    pub(super) literals: Vec<Arc<str>>,
    /// What `$bodyContent` is, for `#@name(…) … #end`.
    pub(super) body: Option<Arc<Definition>>,
    /// What is printed where there is no such macro.
    pub(super) literal: Arc<str>,
    /// An argument that no macro takes: a bare word.
    pub(super) wrong: Option<Arc<str>>,
}

/// `$name` with what follows it.
#[derive(Debug)]
pub(super) struct Reference {
    pub(super) name: Arc<str>,
    pub(super) steps: Vec<Step>,
    pub(super) kind: ReferenceKind,
    /// Written as `$!x`.
    pub(super) quiet: bool,
    /// The name that `#set` gives a value to; for `${x}` it is `{`, which nobody can read.
    pub(super) target: Arc<str>,
    /// Half of the backslashes before it, and then the `$`s before its own.
    pub(super) slashes: Arc<str>,
    pub(super) dollars: Arc<str>,
    /// An odd number of backslashes makes it text.
    pub(super) escaped: bool,
    /// What it is as text.
    pub(super) literal: Arc<str>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ReferenceKind {
    Plain,
    /// `$\!x`, which has no value but in text.
    SlashBang,
    /// A name without `$`, which Velocity takes for a reference behind some directives: it is text.
    Runt,
}

#[derive(Debug)]
pub(super) enum Step {
    Property(Arc<str>),
    Method(Arc<str>, Vec<Expression>),
    Index(Expression),
}

/// An expression. Operators of one rank are one node, so that a long chain is not a deep tree.
#[derive(Debug)]
pub(super) enum Expression {
    Bool(bool),
    Number(Number),
    Text(Arc<str>),
    /// A literal that is a path, as `$input.path` has one.
    Path(Arc<str>, Arc<Path>),
    Interpolated(Interpolated),
    List(Vec<Self>),
    Range(Box<Self>, Box<Self>),
    Map(Vec<(Self, Self)>),
    Reference(Box<Reference>),
    /// A bare word among a directive's arguments.
    Word(Arc<str>),
    /// The block of a directive, where Velocity takes it for an argument.
    Nothing,
    Parenthesis(Box<Self>),
    Not(Box<Self>),
    Chain(Box<Chain>),
}

/// The text of a double-quoted string.
#[derive(Debug)]
pub(super) struct Interpolated {
    pub(super) block: Block,
    /// A blank stands behind the text, which is not part of the value.
    pub(super) padded: bool,
}

#[derive(Debug)]
pub(super) struct Chain {
    pub(super) first: Expression,
    pub(super) rest: Vec<Link>,
}

#[derive(Debug)]
pub(super) struct Link {
    pub(super) operator: Operator,
    pub(super) right: Expression,
    /// What stands for an operand of `+` that is nothing: the left one and the right one, as text.
    pub(super) literals: Option<(Arc<str>, Arc<str>)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

impl Operator {
    /// Whether it computes a number or a text.
    pub(super) fn computes(self) -> bool {
        matches!(self, Self::Add | Self::Subtract | Self::Multiply | Self::Divide | Self::Remainder)
    }
}
