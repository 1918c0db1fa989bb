"""Queries of a source's `include` and `exclude`."""

import re

import pytest

from site_builder.query import MAX_DEPTH, Text, parse_query

PAPER = Text.of("Dense Passage Retrieval at Scale", "We rerank the fine-tuned results of large language models (LLMs).")


@pytest.mark.parametrize(
    ("query", "fits"),
    [
        ("retrieval", True),
        ("RETRIEVAL rerank", True),
        ("retrieval AND survey", False),
        ("survey OR retrieval", True),
        ("retrieval NOT survey", True),
        ("retrieval AND NOT rerank", False),
        ("NOT NOT retrieval", True),
        ('"passage retrieval"', True),
        ('"retrieval passage"', False),
        ('"language model"', True),
        ("fine tuned", True),
        ("fine-tuned", True),
        ("finetuned", False),
        ("retriev", False),
        ("retriev*", True),
        ("LLM", True),
        ('"models LLMs"', False),
        ("survey OR (retrieval AND (sparse OR dense))", True),
        ("survey or retrieval", True),
        ("survey AND sparse OR retrieval", True),
        ("title:rerank", False),
        ("abstract:rerank", True),
        ('title:"dense passage"', True),
        ('"scale we"', False),
    ],
)
def test_a_query_finds_words_and_phrases_in_title_or_abstract(query, fits):
    assert parse_query(query)(PAPER) is fits


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("", "lacks a word; write one there, or remove what asks for it (at its end)"),
        ("retrieval AND", "lacks a word; write one there, or remove what asks for it (at its end)"),
        ("OR retrieval", 'lacks a word; write one there, or remove what asks for it (at "OR retrieval")'),
        ("(retrieval", "opens a bracket that it does not close; add `)` (at its end)"),
        ("retrieval)", 'closes a bracket that none opens; remove it (at ")")'),
        ('"retrieval', 'opens a quote that it does not close; add one (at ""retrieval")'),
        ("a () b", 'lacks a word; write one there, or remove what asks for it (at ") b")'),
        ("title:", "lacks a word; write one there, or remove what asks for it (at its end)"),
        ('a "..." b', 'holds no letter and no digit; write a word (at ""..." b")'),
        ("(" * 999 + "a", f'has brackets more than {MAX_DEPTH} deep; write it flatter (at "((((((((((((((((((((")'),
        ("a " * 2000, "is longer than 2,000 characters; part it"),
    ],
)
def test_a_malformed_query_is_told_with_place_and_remedy(query, told):
    with pytest.raises(ValueError, match=f"^{re.escape(told)}$"):
        parse_query(query)


@pytest.mark.parametrize(
    ("text", "found", "others"),
    [
        ("大语言模型的推理能力研究", ["推理", '"推理能力"', "大语言模型 AND 研究"], ["能推", "推力", "扩散"]),
        ("ﾆｭｰﾗﾙ機械翻訳における注意機構", ["ニューラル", "機械翻訳", "注意*"], ["翻機"]),
        ("한국어 대규모언어모델의 평가", ["언어", "언어모델", "대규모"], ["언모"]),
        ("การประมวลผลภาษาที่เป็นธรรมชาติ", ["ภาษา", "ที่", "ธรรมชาติ"], ["เสื่อ"]),
        ("ການຮຽນຮູ້ພາສາລາວ", ["ພາສາ"], ["ສາພາ"]),
        ("ការរៀនភាសាខ្មែរ", ["ភាសា", "ខ្មែរ"], ["ខរែម"]),
        ("မြန်မာဘာသာစကား", ["ဘာသာ"], ["သာဘာ"]),
        ("We train 大模型 with GPT模型", ["GPT模型", "train 大模型", '"with gpt"'], ["模型大", "rain"]),
    ],
)
def test_words_are_found_inside_of_runs_of_letters(text, found, others):
    assert [query for query in (*found, *others) if parse_query(query)(Text.of(text, ""))] == found
