//! "She is a teacher": what is said of a pronoun's entity is that entity.

use reportedly_record::MentionForm;

use super::{Found, View};

/// Joins descriptions that are said of a pronoun to whoever the pronoun is.
pub fn join(view: &View, found: &mut [Found]) {
    let analysis = view.analysis;
    let mut size = vec![0; found.iter().map(|f| f.cluster + 1).max().unwrap_or(0)];
    for f in found.iter() {
        size[f.cluster] += 1;
    }
    let subject = |f: &Found| {
        let children = || analysis.children(f.head);
        let copula = children().any(|c| analysis.tokens[c].relation() == "cop");
        let denied =
            children().any(|c| analysis.tokens[c].has_feat("Polarity=Neg") || analysis.tokens[c].lemma == "no");
        (copula && !denied).then(|| children().find(|&c| analysis.tokens[c].relation() == "nsubj")).flatten()
    };
    for i in 0..found.len() {
        if found[i].form != MentionForm::Nominal || size[found[i].cluster] > 1 {
            continue;
        }
        let Some(subject) = subject(&found[i]) else { continue };
        let pronoun = found.iter().find(|f| f.head == subject && f.form == MentionForm::Pronoun);
        if let Some(cluster) = pronoun.map(|f| f.cluster) {
            found[i].cluster = cluster;
        }
    }
}
