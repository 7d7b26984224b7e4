//! Word classes that lexicon conditions ask for: `actor`, `armed`, `law`, …

/// A set of word classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Classes(pub u16);

macro_rules! classes {
    ($($name:ident $text:literal $bit:literal $doc:literal),* $(,)?) => {
        impl Classes {
            $(#[doc = $doc] pub const $name: Classes = Classes(1 << $bit);)*
        }
        const NAMES: &[(&str, Classes)] = &[$(($text, Classes::$name)),*];
    };
}

classes! {
    ACTOR "actor" 0 "Anyone who can act: person, group, organization, country.",
    STATE "state" 1 "A country or its government.",
    ARMED "armed" 2 "Military, rebels, gunmen, terrorists.",
    PERSON "person" 3 "A single human being.",
    PEOPLE "people" 4 "Civilians, crowds, victims.",
    ORG "org" 5 "An organisation.",
    PLACE "place" 6 "A place.",
    WEAPON "weapon" 7 "Arms, ammunition, military equipment.",
    GOODS "goods" 8 "Aid, food, fuel, money, goods.",
    TERRITORY "territory" 9 "Town, base, area, border, airport.",
    TROOPS "troops" 10 "Troops, forces, ships, tanks.",
    LAW "law" 11 "Law, treaty, deal, resolution, sanctions, ban, tariff.",
    SPEECH "speech" 12 "Proposal, plan, idea, claim, remark, decision.",
    ABSTRACT "abstract" 13 "Anything else.",
}

impl Classes {
    /// Whether the two sets share a class.
    pub fn meets(self, other: Classes) -> bool {
        self.0 & other.0 != 0
    }

    /// Both sets together.
    pub fn with(self, other: Classes) -> Classes {
        Classes(self.0 | other.0)
    }
}

/// The set that `a|b|c` names; the unknown name as the error.
pub fn parse_classes(text: &str) -> Result<Classes, String> {
    text.split('|').try_fold(Classes::default(), |set, name| {
        let found = NAMES.iter().find(|(n, _)| *n == name).ok_or_else(|| format!("no word class `{name}`"))?;
        Ok(set.with(found.1))
    })
}
