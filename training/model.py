"""The network: a MiniLM-L6 encoder with heads for tags, trees, factuality and attribution.

Shapes: B sentences, T pieces, W words (word 0 is [CLS], the root). crates/language/model/README.md names the tensors of the exported file.
"""
import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import nn

from words import SHAPES

H, HEADS, LAYERS, ARC, REL, ROLE, FACT, EVENT = 384, 12, 6, 256, 96, 96, 128, 192


class Dropout(nn.Module):
    """Dropout by slices of one drawn mask: drawing anew for every call is a tenth of the time on a CPU."""

    masks: dict[float, torch.Tensor] = {}

    def __init__(self, p: float):
        super().__init__()
        self.p = p

    def forward(self, x):
        if not self.training or self.p == 0:
            return x
        pool = 1 << 23
        if self.p not in Dropout.masks:
            Dropout.masks[self.p] = (torch.rand(pool) >= self.p).to(torch.bfloat16) / (1 - self.p)
        start = int(torch.randint(0, pool - x.numel(), (1,)))
        return x * Dropout.masks[self.p][start:start + x.numel()].view(x.shape).to(x.dtype)


class Layer(nn.Module):
    """One transformer layer, normalised behind each half."""

    def __init__(self, dropout: float):
        super().__init__()
        self.qkv, self.attn_out = nn.Linear(H, 3 * H), nn.Linear(H, H)
        self.up, self.down = nn.Linear(H, 4 * H), nn.Linear(4 * H, H)
        self.norm1, self.norm2 = nn.LayerNorm(H, 1e-12), nn.LayerNorm(H, 1e-12)
        self.drop = Dropout(dropout)

    def forward(self, x, bias):
        b, t, _ = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, HEADS, H // HEADS).permute(2, 0, 3, 1, 4)
        with torch.autocast("cpu", enabled=False):  # the backward pass of bf16 attention is five times slower here
            a = F.scaled_dot_product_attention(q.float(), k.float(), v.float(), attn_mask=bias)
        x = self.norm1(x + self.drop(self.attn_out(a.transpose(1, 2).reshape(b, t, H))))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    """Pieces and casing shapes to one vector a piece."""

    def __init__(self, dropout: float):
        super().__init__()
        self.word, self.position, self.shape = nn.Embedding(30522, H), nn.Embedding(512, H), nn.Embedding(SHAPES, H)
        self.norm, self.drop = nn.LayerNorm(H, 1e-12), Dropout(dropout)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        nn.init.zeros_(self.shape.weight)

    def load_base(self, model_dir: str):
        """Takes over all-MiniLM-L6-v2; its token type 0 is added into the positions."""
        w = {k.removeprefix("bert."): v.float() for k, v in load_file(f"{model_dir}/model.safetensors").items()}
        with torch.no_grad():
            self.word.weight.copy_(w["embeddings.word_embeddings.weight"])
            self.position.weight.copy_(w["embeddings.position_embeddings.weight"] + w["embeddings.token_type_embeddings.weight"][0])
            self.norm.weight.copy_(w["embeddings.LayerNorm.weight"])
            self.norm.bias.copy_(w["embeddings.LayerNorm.bias"])
            for i, layer in enumerate(self.layers):
                p = f"encoder.layer.{i}."
                for part in ("weight", "bias"):
                    qkv = [w[f"{p}attention.self.{n}.{part}"] for n in ("query", "key", "value")]
                    getattr(layer.qkv, part).copy_(torch.cat(qkv))
                    for ours, theirs in (
                        (layer.attn_out, "attention.output.dense"), (layer.norm1, "attention.output.LayerNorm"),
                        (layer.up, "intermediate.dense"), (layer.down, "output.dense"), (layer.norm2, "output.LayerNorm"),
                    ):
                        getattr(ours, part).copy_(w[f"{p}{theirs}.{part}"])

    def forward(self, ids, shapes, mask):
        x = self.drop(self.norm(self.word(ids) + self.position.weight[: ids.shape[1]] + self.shape(shapes)))
        bias = torch.zeros(mask.shape).masked_fill(~mask, -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, bias)
        return x


class Biaffine(nn.Module):
    """score(label, a, b) = [a;1]ᵀ W_label [b;1]"""

    def __init__(self, labels: int, size: int):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(labels, size + 1, size + 1))
        nn.init.normal_(self.weight, std=0.02)


class Analyser(nn.Module):
    """Encoder and all heads."""

    def __init__(self, labels: dict[str, list[str]], dropout: float = 0.1, head_dropout: float = 0.33):
        super().__init__()
        self.enc = Encoder(dropout)
        self.tag = nn.ModuleDict({k: nn.Linear(H, len(labels[k])) for k in ("upos", "xpos", "feats", "lemma", "ner", "cue")})
        self.fact_hidden, self.fact_out = nn.Linear(H, FACT), nn.Linear(FACT, 1)
        self.parse_mlp = nn.Linear(H, 2 * ARC + 2 * REL)
        self.arc = nn.Parameter(torch.empty(ARC + 1, ARC))
        nn.init.xavier_uniform_(self.arc)
        self.rel = Biaffine(len(labels["deprel"]), REL)
        self.attr_mlp = nn.Linear(H, 2 * ROLE)
        self.role = Biaffine(2, ROLE)
        self.event_mlp = nn.Linear(H, EVENT + 2 * ROLE)
        self.event_out = nn.ModuleDict({k: nn.Linear(EVENT, len(labels[k])) for k in ("event", "status", "polarity", "certainty")})
        self.event_role = Biaffine(len(labels["event_roles"]), ROLE)
        self.drop = Dropout(head_dropout)

    def words(self, ids, shapes, mask, first):
        """[B, W, H]: the vector of each word's first piece; word 0 is [CLS]."""
        x = self.enc(ids, shapes, mask)
        return self.drop(x.gather(1, first[:, :, None].expand(-1, -1, H)))

    def factuality(self, words):
        return self.fact_out(self.drop(F.gelu(self.fact_hidden(words))))[..., 0]

    def arcs(self, words):
        """-> arc scores [B, dependent, head] and the two sides of the relation scorer."""
        m = self.drop(F.gelu(self.parse_mlp(words)))
        dep, head, rel_dep, rel_head = m.split([ARC, ARC, REL, REL], -1)
        return (F.pad(dep, (0, 1), value=1.0) @ self.arc) @ head.transpose(1, 2), rel_dep, rel_head

    def relations(self, rel_dep, rel_head, heads):
        """[B, W, labels] for the given head of each word."""
        chosen = F.pad(rel_head.gather(1, heads[:, :, None].expand(-1, -1, REL)), (0, 1), value=1.0)
        dep = F.pad(rel_dep, (0, 1), value=1.0)
        b, w, d = dep.shape
        n = self.rel.weight.shape[0]
        t = (dep.reshape(b * w, d) @ self.rel.weight.permute(1, 0, 2).reshape(d, -1)).view(b * w, n, d)
        return torch.bmm(t, chosen.reshape(b * w, d, 1)).view(b, w, n)

    def roles(self, words, batch, cue):
        """[cues, 2, W]: logits that each word is source, content of the cue at word `cue` of sentence `batch`."""
        m = self.drop(F.gelu(self.attr_mlp(words)))
        cue_side, token_side = m.split([ROLE, ROLE], -1)
        c = F.pad(cue_side[batch, cue], (0, 1), value=1.0)
        t = F.pad(token_side, (0, 1), value=1.0)[batch]
        return torch.einsum("cd,rde,cwe->crw", c, self.role.weight.to(c.dtype), t)


    def events(self, words):
        """-> {event, status, polarity, certainty: logits [B, W, labels]} and the two sides of the role scorer."""
        m = self.drop(F.gelu(self.event_mlp(words)))
        own, trigger_side, word_side = m.split([EVENT, ROLE, ROLE], -1)
        return {k: head(own) for k, head in self.event_out.items()}, trigger_side, word_side

    def event_roles(self, trigger_side, word_side, batch, trigger):
        """[triggers, roles, W]: logits that each word takes part in the event of word `trigger` of sentence `batch`."""
        c = F.pad(trigger_side[batch, trigger], (0, 1), value=1.0)
        t = F.pad(word_side, (0, 1), value=1.0)[batch]
        return torch.einsum("cd,rde,cwe->crw", c, self.event_role.weight.to(c.dtype), t)


# So many of the lowest layers are the same in both branches of the exported model: that of words and that of events.
SHARED = 2


def linear_layers(net: Analyser, branch: str = "words") -> dict[str, nn.Module]:
    """The layers that the model file keeps in int8, by their names there: all of the branch of words, or what the branch of events has of its own."""
    words = branch == "words"
    out: dict[str, nn.Module] = {"enc.word": net.enc.word} if words else {}
    for i, layer in enumerate(net.enc.layers):
        if words or i >= SHARED:
            out |= {f"{'enc' if words else 'event'}.layers.{i}.{k}": getattr(layer, k) for k in ("qkv", "attn_out", "up", "down")}
    if not words:
        return out | {"event.mlp": net.event_mlp} | {f"event.{k}": head for k, head in net.event_out.items()}
    out |= {f"tag.{k}": head for k, head in net.tag.items()}
    return out | {"fact.hidden": net.fact_hidden, "parse.mlp": net.parse_mlp, "attr.mlp": net.attr_mlp}


def plain_tensors(net: Analyser, branch: str = "words") -> dict[str, torch.Tensor]:
    """The tensors that the model file keeps in f32, by their names there (views of the network's own)."""
    words = branch == "words"
    out = {"event.role.weight": net.event_role.weight}
    if words:
        out = {"enc.position": net.enc.position.weight, "enc.shape": net.enc.shape.weight, "enc.norm.weight": net.enc.norm.weight,
               "enc.norm.bias": net.enc.norm.bias, "fact.out.weight": net.fact_out.weight[0], "fact.out.bias": net.fact_out.bias,
               "parse.arc.weight": net.arc, "parse.rel.weight": net.rel.weight, "attr.role.weight": net.role.weight}
    for i, layer in enumerate(net.enc.layers):
        for norm in ("norm1", "norm2"):
            for part in ("weight", "bias"):
                if words or i >= SHARED:
                    out[f"{'enc' if words else 'event'}.layers.{i}.{norm}.{part}"] = getattr(getattr(layer, norm), part)
    return {k: v.detach() for k, v in out.items()}


def load(path: str, labels: dict[str, list[str]], branch: str = "words") -> Analyser:
    """A checkpoint, or a branch of an exported model with its weights multiplied out. What an exported file lacks keeps its first values."""
    net = Analyser(labels)
    if not path.endswith(".safetensors"):
        net.load_state_dict(torch.load(path, weights_only=True))
        return net.eval()
    stored = load_file(path)
    with torch.no_grad():
        for part in ("words", "events") if branch == "events" else ("words",):
            for name, module in linear_layers(net, part).items():
                if f"{name}.weight" not in stored:
                    continue
                module.weight.copy_(stored[f"{name}.weight"].float() * stored[f"{name}.scale"][:, None])
                if f"{name}.bias" in stored:
                    module.bias.copy_(stored[f"{name}.bias"])
            for name, tensor in plain_tensors(net, part).items():
                if name in stored:
                    tensor.copy_(stored[name])
    return net.eval()


def round_activations(net: nn.Module):
    """Rounds every linear layer's input rows to int8 steps, as the engine's integer kernels do."""
    def hook(_, inputs):
        step = inputs[0].abs().amax(-1, keepdim=True).clamp(min=1e-12) / 127
        return ((inputs[0] / step).round() * step,)

    for module in net.modules():
        if isinstance(module, nn.Linear):
            module.register_forward_pre_hook(hook)
