//! The function that stands behind a method, as API Gateway is told of it.

use super::authorization::WordOr;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeMap;

/// A Lambda function.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Function {
    /// By its ARN, in which references to stage variables may stand: `…:function:orders:${stageVariables.alias}`.
    Arn(String),
    /// By what CloudFormation puts in for references, as `Fn::Sub` takes it: `${OrdersFunction.Arn}`. The document is then
    /// part of a template.
    Sub(String),
}

/// The address by which API Gateway calls a function: a text, or what CloudFormation makes one of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Address {
    Text(String),
    Sub(String),
}

impl Serialize for Address {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => text.serialize(serializer),
            Self::Sub(text) => BTreeMap::from([("Fn::Sub", text)]).serialize(serializer),
        }
    }
}

impl From<String> for Function {
    fn from(arn: String) -> Self {
        Self::Arn(arn)
    }
}

impl<'de> Deserialize<'de> for Function {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Table {
            sub: String,
        }
        Ok(match WordOr::<Table>::deserialize(deserializer)? {
            WordOr::Word(arn) => Self::Arn(arn),
            WordOr::Table(Table { sub }) => Self::Sub(sub),
        })
    }
}

impl Function {
    /// Whether it can be written: an ARN tells the partition and the region, of which the address is made.
    pub(crate) fn check(&self) -> Result<(), String> {
        match self {
            Self::Arn(arn) => {
                let plain = arn.bytes().all(|byte| byte.is_ascii_alphanumeric() || b":-_./${}*@+=#,".contains(&byte));
                let parts: Vec<_> = arn.splitn(7, ':').collect();
                let [first, partition, service, region, _, _, name] = *parts else { return Err(no_arn(arn)) };
                let fits = plain && first == "arn" && partition.starts_with("aws") && service == "lambda";
                if !fits || name.is_empty() || region.is_empty() || region.contains('$') {
                    return Err(no_arn(arn));
                }
                let foreign = arn.split("${").skip(1).find(|reference| !reference.starts_with("stageVariables."));
                match foreign {
                    Some(_) => Err(no_arn(arn)),
                    None => Ok(()),
                }
            }
            Self::Sub(text) => {
                let plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b":-_./${}*@+=#,".contains(&byte));
                let fits = plain && text.contains("${");
                fits.then_some(()).ok_or_else(|| {
                    format!("`function` whose `sub` is {text:?}, which holds no reference: write one as in `${{OrdersFunction.Arn}}`")
                })
            }
        }
    }

    /// Its ARN, where that does not wait for CloudFormation.
    pub(crate) fn arn(&self) -> Option<&str> {
        match self {
            Self::Arn(arn) => Some(arn),
            Self::Sub(_) => None,
        }
    }

    /// The address by which API Gateway calls it (Lambda API, `Invoke`).
    pub(crate) fn address(&self) -> Address {
        let invoked = |partition: &str, region: &str, function: &str| {
            format!("arn:{partition}:apigateway:{region}:lambda:path/2015-03-31/functions/{function}/invocations")
        };
        match self {
            Self::Arn(arn) => {
                let mut parts = arn.split(':').skip(1);
                let partition = parts.next().unwrap_or("aws");
                Address::Text(invoked(partition, parts.nth(1).unwrap_or("us-east-1"), arn))
            }
            // What `Fn::Sub` is to leave for API Gateway begins with `${!`.
            Self::Sub(text) => {
                let text = text.replace("${stageVariables.", "${!stageVariables.");
                Address::Sub(invoked("${AWS::Partition}", "${AWS::Region}", &text))
            }
        }
    }

    fn references(&self) -> impl Iterator<Item = &str> {
        let (Self::Arn(text) | Self::Sub(text)) = self;
        text.split("${").skip(1)
    }

    /// Whether the stage decides which function it is, so that no text names it.
    pub(crate) fn is_of_stage(&self) -> bool {
        self.references().any(|reference| reference.starts_with("stageVariables."))
    }

    /// Whether it names nothing that only a template of the author's own has.
    pub(crate) fn stands_alone(&self) -> bool {
        self.references().all(|reference| reference.starts_with("stageVariables.") || reference.starts_with("AWS::"))
    }
}

fn no_arn(arn: &str) -> String {
    format!(
        "`function` {arn:?}, which is no function's ARN: write one as in `arn:aws:lambda:eu-west-1:123456789012:function:orders`; \
         a stage variable may stand behind the region, `…:function:orders:${{stageVariables.alias}}`, and what CloudFormation \
         puts in is `function = {{ sub = \"${{OrdersFunction.Arn}}\" }}`"
    )
}
