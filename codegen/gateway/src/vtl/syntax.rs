//! The parsed template: what a template's text means, before any value is known.

/// A sequence of nodes.
pub(super) type Block = Vec<Node>;

/// One piece of a template.
#[derive(Debug)]
pub(super) enum Node {
    Text(String),
    Print(Reference),
    Set(Reference, Expression),
    If { arms: Vec<(Expression, Block)>, otherwise: Block },
    Foreach { variable: String, list: Expression, body: Block },
    Break,
    Stop,
}

/// `$name` with what follows it.
#[derive(Debug)]
pub(super) struct Reference {
    pub(super) name: String,
    pub(super) steps: Vec<Step>,
    /// Written as `${x}` or `$!x`, which Velocity 1.7 does not assign to.
    pub(super) formal: bool,
    /// As it stands in the template, for messages.
    pub(super) source: String,
}

impl Reference {
    /// Whether it is written as `$x.name`.
    pub(super) fn ends_in_name(&self) -> bool {
        matches!(self.steps.last(), Some(Step::Property(_))) && !self.source.ends_with('}')
    }
}

#[derive(Debug)]
pub(super) enum Step {
    Property(String),
    Method(String, Vec<Expression>),
    Index(Expression),
}

/// An expression. Operators of one rank are one node, so that a long chain is not a deep tree.
#[derive(Debug)]
pub(super) enum Expression {
    Bool(bool),
    Int(i128),
    Float(f64),
    Text(String),
    Interpolated(Block),
    List(Vec<Self>),
    Range(Box<Self>, Box<Self>),
    Map(Vec<(Self, Self)>),
    Reference(Reference),
    Not(Box<Self>),
    Chain(Box<Self>, Vec<(Operator, Self)>),
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
