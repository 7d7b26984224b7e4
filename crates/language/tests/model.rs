//! The embedded model as a whole: every kernel, batch and thread count gives the same answer, and any words are taken.

use rayon::ThreadPoolBuilder;
use reportedly_language::{Analyzer, Isa, Model, TaggedWord};
use reportedly_record::{Article, Paragraph, ParagraphKind, Span};

const SENTENCES: [&str; 6] = [
    "The mayor of Ostrava , Lena Horák , did n't sign the agreement on Tuesday .",
    "Rebels",
    "\" We will never leave , \" said General Omar Basri , who heads the 3rd Brigade near Port Lissan .",
    "According to the ministry , two soldiers were wounded when a drone hit the depot .",
    "NATO may send ½ of it – « perhaps » … \u{200b} 北京 co\u{ad}operate",
    "It rained .",
];

fn words() -> Vec<Vec<&'static str>> {
    SENTENCES.iter().map(|s| s.split(' ').collect()).collect()
}

fn column(words: &[TaggedWord], of: impl Fn(&TaggedWord) -> &str) -> Vec<String> {
    words.iter().map(|w| of(w).to_owned()).collect()
}

#[test]
fn every_kernel_gives_the_scalar_answer() {
    let reference = Model::embedded_on(Isa::Scalar).expect("the embedded file loads").tag(&words());
    for isa in Isa::available() {
        assert_eq!(Model::embedded_on(isa).expect("an available one loads").tag(&words()), reference, "{isa:?}");
    }
}

#[test]
fn kernels_that_the_machine_lacks_are_refused() {
    for isa in [Isa::Neon, Isa::Avx2, Isa::Avx512Vnni] {
        assert_eq!(Model::embedded_on(isa).is_ok(), isa.is_available(), "{isa:?}");
    }
}

#[test]
fn neighbours_and_threads_change_nothing() {
    let model = Model::embedded();
    let alone: Vec<Vec<TaggedWord>> = words().iter().flat_map(|w| model.tag(std::slice::from_ref(w))).collect();
    let many: Vec<Vec<&str>> = (0..40).flat_map(|_| words()).collect();
    for threads in [1, 2, 5] {
        let pool = ThreadPoolBuilder::new().num_threads(threads).build().expect("threads can be started");
        let together = pool.install(|| model.tag(&many));
        assert_eq!(together.len(), many.len());
        for (i, sentence) in together.iter().enumerate() {
            assert_eq!(sentence, &alone[i % alone.len()], "{threads} threads, sentence {i}");
        }
    }
}

#[test]
fn it_knows_english() {
    let tagged = Model::embedded().tag(&[words()[5].clone()]).remove(0);
    assert_eq!(column(&tagged, |w| &w.upos), ["PRON", "VERB", "PUNCT"]);
    assert_eq!(column(&tagged, |w| &w.deprel), ["nsubj", "root", "punct"]);
    assert_eq!(column(&tagged, |w| &w.lemma), ["it", "rain", "."]);
}

#[test]
fn any_words_are_taken_and_given_back() {
    let model = Model::embedded();
    let long: Vec<&str> = (0..1200).map(|i| ["the", "minister", "said", "Örby"][i % 4]).collect();
    let line = "!".repeat(3000);
    let odd: Vec<Vec<&str>> =
        vec![vec![], vec![""], vec!["\u{300}", "\0", "\t"], vec![&line, "x", &line], long.clone(), vec!["a"; 509]];
    let tagged = model.tag(&odd);
    assert_eq!(tagged.iter().map(Vec::len).collect::<Vec<_>>(), odd.iter().map(Vec::len).collect::<Vec<_>>());
    for sentence in tagged.iter().filter(|s| !s.is_empty()) {
        // One root, whatever was cut, and it alone has the relation.
        assert_eq!(sentence.iter().filter(|w| w.head.is_none()).count(), 1);
        assert!(sentence.iter().all(|w| w.head.is_none() == (w.deprel == "root")));
    }
    assert!(model.tag(&[]).is_empty());
}

#[test]
fn an_article_is_analysed_without_its_furniture() {
    let text = "Talks fail\n\nHe cannot leave Oslo, she said.\n\nSubscribe now!";
    let paragraph = |part: &str, kind| {
        let start = text.find(part).unwrap_or_default();
        Paragraph { span: Span::new(start, start + part.len()), kind }
    };
    let article = Article {
        text: text.to_owned(),
        paragraphs: vec![
            paragraph("Talks fail", ParagraphKind::Title),
            paragraph("He cannot leave Oslo, she said.", ParagraphKind::Body),
            paragraph("Subscribe now!", ParagraphKind::Boilerplate),
        ],
        ..Article::default()
    };
    let both = Model::embedded().analyze(&[article.clone(), Article::default()]);
    assert_eq!(both.len(), 2);
    assert!(both[1].tokens.is_empty());
    let analysis = &both[0];
    let forms: Vec<&str> = analysis.tokens.iter().map(|t| t.span.of(&article.text)).collect();
    assert_eq!(forms, ["Talks", "fail", "He", "can", "not", "leave", "Oslo", ",", "she", "said", "."]);
    assert_eq!(analysis.sentences.iter().map(|s| s.paragraph).collect::<Vec<_>>(), [0, 1]);
    assert!(
        analysis
            .tokens
            .iter()
            .enumerate()
            .all(|(i, t)| t.head.is_none_or(|h| analysis.sentence_of(h) == analysis.sentence_of(i)))
    );
}
