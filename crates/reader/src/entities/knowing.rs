//! What is known of each entity, and the rows of the reading.

use reportedly_record::{Entity, EntityKind, Mention, Span};

use super::placing::{Placed, place};
use super::{Cluster, Entities, EntityMention, EntityRow, Found, View};
use crate::knowledge::{How, Knowledge};
use crate::lexicon::Classes;

/// Rows in order of first mention.
pub fn write_down(view: &View, found: &[Found], clusters: &[Cluster]) -> Entities {
    let mut number: Vec<Option<usize>> = vec![None; clusters.len()];
    let mut order: Vec<usize> = Vec::new();
    for mention in found {
        if number[mention.cluster].is_none() {
            number[mention.cluster] = Some(order.len());
            order.push(mention.cluster);
        }
    }
    let placed = place(view, found, clusters);
    let rows =
        order.iter().enumerate().map(|(i, &c)| row(view, i, c, found, &clusters[c], placed[c].as_ref())).collect();
    let mentions = found
        .iter()
        .filter_map(|f| {
            Some(EntityMention { tokens: f.tokens.clone(), head: f.head, form: f.form, entity: number[f.cluster]? })
        })
        .collect();
    Entities { rows, mentions }
}

fn row(
    view: &View,
    index: usize,
    cluster: usize,
    found: &[Found],
    from: &Cluster,
    placed: Option<&Placed>,
) -> EntityRow {
    let knowledge = Knowledge::built_in();
    let elsewhere = placed.is_some_and(|p| p.elsewhere);
    let known = from.known.as_ref().filter(|_| !elsewhere);
    let place = placed.map(|p| &p.place);
    let country = known
        .and_then(|k| k.iso3.clone())
        .or_else(|| from.country.clone())
        .or_else(|| place.and_then(|p| p.country).map(str::to_owned));
    let sector = known.and_then(|k| k.sector.clone()).or_else(|| from.sector.clone());
    let kind = if elsewhere { EntityKind::Place } else { from.kind };
    let code = known.and_then(|k| k.code.clone()).or_else(|| match kind {
        EntityKind::Place | EntityKind::Thing => None,
        _ => knowledge.compose(country.as_deref(), sector.as_deref()),
    });
    let mentions: Vec<Mention> = found
        .iter()
        .filter(|f| f.cluster == cluster)
        .map(|f| {
            let span: Span = view.analysis.span(f.tokens.clone());
            Mention { span, form: f.form }
        })
        .collect();
    let located = matches!(kind, EntityKind::Place | EntityKind::Country);
    let latitude = place.map(|p| p.latitude).or_else(|| known.and_then(|k| k.latitude)).filter(|_| located);
    let longitude = place.map(|p| p.longitude).or_else(|| known.and_then(|k| k.longitude)).filter(|_| located);
    // The hall of a town is not the town: it has the town's point, and no id.
    let exact = placed.filter(|p| !p.part).map(|p| &p.place);
    let record = Entity {
        id: format!("e{}", index + 1),
        name: known.filter(|k| k.how != How::Metonym).map_or_else(|| from.name.clone(), |k| k.name.clone()),
        kind,
        class: (kind == EntityKind::Thing)
            .then(|| from.noun.as_deref().and_then(|n| knowledge.thing(n)).map(|t| t.class.clone()))
            .flatten(),
        country,
        sector,
        code,
        office: known.and_then(|k| k.office.clone()),
        wikidata: known.and_then(|k| k.wikidata.clone()),
        geonames: exact.and_then(|p| p.geonames).or_else(|| known.and_then(|k| k.geonames)).filter(|_| located),
        latitude,
        longitude,
        feature: exact.map(|p| p.feature.to_owned()).filter(|_| located),
        where_prec: placed.and_then(Placed::where_prec).filter(|_| located),
        mentions,
    };
    let classes = classes(&record, from);
    EntityRow { record, classes }
}

fn classes(record: &Entity, from: &Cluster) -> Classes {
    let mut out = match record.kind {
        EntityKind::Person => Classes::ACTOR.with(Classes::PERSON),
        EntityKind::Group => Classes::ACTOR.with(Classes::PEOPLE),
        EntityKind::Organization => Classes::ACTOR.with(Classes::ORG),
        EntityKind::Country => Classes::ACTOR.with(Classes::STATE).with(Classes::PLACE).with(Classes::TERRITORY),
        EntityKind::Place => Classes::PLACE.with(Classes::TERRITORY),
        EntityKind::Thing => Classes::default(),
    };
    match record.sector.as_deref() {
        Some("MIL" | "REB" | "UAF" | "PRM" | "CRM" | "TER" | "INS") => out = out.with(Classes::ARMED),
        Some("GOV") if record.kind != EntityKind::Person => out = out.with(Classes::STATE),
        _ => {}
    }
    if let Some(class) = from
        .noun
        .as_deref()
        .and_then(|n| Knowledge::built_in().word_class(n))
        .and_then(|c| crate::lexicon::parse_classes(c).ok())
    {
        out = out.with(class);
    }
    out
}
