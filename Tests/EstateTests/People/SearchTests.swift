import Testing
import TestSupport

@testable import Estate

@Suite("Search of residents and units")
struct SearchTests {
    @Test(
        "a text matches exactly, by prefix, by initials or within",
        arguments: [
            ("张三", "张三", MatchKind.exact), ("zhangsan", "张三", .exact), ("ＺhangSan", "张三", .exact),
            ("张", "张三", .prefix), ("zhangs", "张三", .prefix), ("zhang", "张三", .prefix), ("z", "张三", .prefix),
            ("zs", "张三", .initials), ("zsan", "张三", .initials), ("zsf", "张三丰", .initials),
            ("三", "张三", .contained), ("san", "张三", .contained), ("sf", "张三丰", .contained),
            ("ceng", "曾三", .prefix), ("zeng", "曾三", .prefix), ("gate", "gate.leave", .prefix),
            ("leave", "gate.leave", .contained), ("a12", "浙A12345", .contained),
        ])
    func matchKind(query: String, text: String, matchKind: MatchKind) {
        #expect(Query(query).matchKind(of: text) == matchKind)
    }

    @Test(
        "a query that does not occur matches nothing",
        arguments: [("zz", "张三"), ("san1", "张三"), ("李", "张三"), ("", "张三")])
    func nothing(query: String, text: String) { #expect(Query(query).matchKind(of: text) == nil) }

    @Test("letters are folded sign by sign as a whole text is")
    func folded() {
        let signs = "Az9-·•　 \t，。（）—“【张强阿Éß①Ａｂ、·😀e\u{301}".map(String.init)
        var dice = SeededRandom(seed: 7)
        for _ in 0..<2_000 {
            let text = (0..<dice.below(6)).map { _ in dice.pick(signs) }.joined()
            let expected = text.halfwidth.lowercased().filter { !$0.isWhitespace && !"·•・‧∙⋅･".contains($0) }
            #expect(Query(text).text == expected, "\(text)")
        }
    }

    @Test("of equal matches the shorter comes first")
    func shorter() throws {
        let test = try TestEstate()
        for name in ["张三丰", "张三", "张山"] {
            try test.do("person.add", ["name": name, "unit": "3-2-502", "role": "family"])
        }
        #expect(test.estate.people.search("zs", limit: 3).map(\.name) == ["张三", "张山", "张三丰"])
        #expect(test.estate.people.search("zhangsan", limit: 3).map(\.name) == ["张三", "张三丰"])
    }

    @Test("initials of the readings that names have come before those of further readings: zj is 赵静, then 张强")
    func furtherReadings() throws {
        let ranks = ["张强", "赵静", "周杰"].map { Query("zj").rank(of: [$0]) }
        let (further, first, other) = (try #require(ranks[0]), try #require(ranks[1]), try #require(ranks[2]))
        #expect(first < further && other < further && !(first < other) && !(other < first))
        #expect(first.matchKind == .initials && further.matchKind == .initials)
        let test = try TestEstate()
        for name in ["张强", "赵静"] {
            try test.do("person.add", ["name": name, "unit": "3-2-502", "role": "family"])
        }
        #expect(test.estate.people.search("zj", limit: 3).map(\.name) == ["赵静", "张强"])
        #expect(test.estate.people.search("zq", limit: 3).map(\.name) == ["张强"])
    }

    @Test("what a query matches, its beginning matches too", arguments: 1...3)
    func beginnings(seed: Int) {
        var dice = SeededRandom(seed: UInt64(seed))
        let texts = ["张三丰", "单国强", "3-2-501", "浙A12345", "厨房漏水", "吕绿", "Zhang San", "ΑΣ", "e\u{301}a", "重庆路"]
        for _ in 0..<3000 {
            let text = dice.pick(texts)
            let query = String(
                (0..<1 + dice.below(5)).map { _ in dice.pick(Array("zsfdgqcluv32501-aAzhang张三ΣÉ\u{301}  ")) })
            guard Query(query).matches([text]) else { continue }
            for length in 1...query.count {
                let start = Query(String(query.prefix(length)))
                let isBeginning = !start.isEmpty && Query(query).text.hasPrefix(start.text)
                #expect(!isBeginning || start.matches([text]), "\(query) \(length) \(text)")
            }
        }
    }

    @Test("an exact unit comes before partial matches")
    func rooms() throws {
        let test = try TestEstate()
        for unit in ["1-3-2501", "32-5-01", "13-2-501"] { try test.do("unit.add", ["unit": unit], by: "S04") }
        let found = test.estate.people.search("32501", limit: 9).map(\.unit.text)
        #expect(found.first == "3-2-501")
        #expect(found.contains("13-2-501"))
        #expect(test.estate.people.search("3-2-501", limit: 1).first?.unit.text == "3-2-501")
    }

    @Test(
        "a plate is found by its last four or more characters, with the owner of its unit",
        arguments: ["12345", "2345", "浙A·12345"])
    func plates(query: String) throws {
        let test = try TestEstate()
        try test.do("vehicle.add", ["plate": "浙A12345", "unit": "3-2-501"])
        let found = test.estate.people.search(query, limit: 5)
        #expect(found.map(\.plate?.text) == ["浙A12345"])
        #expect(found.first?.name == "李四")
        #expect(test.estate.people.search("345", limit: 5).isEmpty)
    }

    @Test(
        "ü is typed as v or u, and in passports as yu",
        arguments: [
            ("lv", "吕"), ("lu", "吕"), ("lü", "吕"), ("lyu", "吕"), ("lvbu", "吕布"), ("lubu", "吕布"), ("nvwa", "女娲"),
            ("nuwa", "女娲"),
            ("xv", "徐"), ("yvan", "袁"), ("lvlv", "吕绿"),
        ])
    func umlaut(query: String, text: String) { #expect(Query(query).matchKind(of: text) == .exact) }

    @Test(
        "a surname is found by each of its readings",
        arguments: [
            ("bu", "卜"), ("shan", "单"), ("ou", "区"), ("qiu", "仇"), ("xie", "解"), ("zha", "查"), ("ren", "任"),
            ("piao", "朴"),
            ("zhai", "翟"), ("di", "翟"), ("qin", "覃"), ("tan", "覃"), ("zeng", "曾"), ("yue", "乐"), ("le", "乐"),
            ("moqi", "万俟"),
            ("yuchi", "尉迟"), ("chanyu", "单于"), ("kan", "阚"), ("mu", "牟"), ("ge", "盖"), ("hua", "华"), ("mi", "宓"),
            ("zheng", "郑"),
            ("shen", "沈"), ("ning", "宁"), ("yun", "员"), ("xian", "冼"), ("na", "那"), ("guo", "过"), ("ge", "合"),
            ("hei", "黑"), ("zang", "臧"), ("zhang", "仉"), ("zi", "訾"), ("guo", "呙"), ("tong", "仝"), ("xuan", "禤"),
            ("que", "阙"), ("sui", "眭"), ("bi", "费"), ("fei", "费"), ("linghu", "令狐"), ("zhangsun", "长孙"),
            ("tantai", "澹台"),
            ("qiguan", "亓官"), ("pang", "逄"), ("po", "繁"), ("chong", "种"), ("nai", "能"), ("wan", "万"), ("mo", "万"),
            ("she", "折"), ("gui", "炅"), ("huan", "郇"), ("kui", "隗"), ("bei", "贝"), ("she", "佘"), ("yu", "俞"),
        ])
    func surnames(query: String, text: String) { #expect(Query(query).matchKind(of: text) == .exact) }

    @Test(
        "a dot in a name does not end a run",
        arguments: ["阿卜杜拉∙买买提", "阿卜杜拉･买", "abdlmmt", "abudula", "maimaiti", "阿卜杜拉买买提", "阿卜杜拉·买买提", "阿卜杜拉•买", "adlmmt"])
    func dots(query: String) {
        let isLeftOut = query == "adlmmt"
        #expect((Query(query).matchKind(of: "阿卜杜拉·买买提") == nil) == isLeftOut)
    }

    @Test(
        "a resident is found by given name, by what people call them, and by building",
        arguments: [
            "建国", "jianguo", "jg", "陈建国先生", "六栋陈", "6栋1单元302陈总", "陈先生", "陈女士", "老陈", "小陈", "陈师傅", "chenxiansheng",
            "chen先生", "6-1陈", "6栋陈",
            "6栋1单元陈先生",
            "6-1 chen", "6-1cjg", "61陈", "6-1-302陈", "6-1建国",
        ])
    func called(query: String) throws {
        let test = try TestEstate()
        for (name, unit) in [("陈建国", "6-1-302"), ("王小明", "6-1-303"), ("赵陈", "7-1-302")] {
            try test.do("unit.add", ["unit": unit], by: "S04")
            try test.do("person.add", ["name": name, "unit": unit, "role": "owner"])
        }
        #expect(test.estate.people.search(query, limit: 5).first?.name == "陈建国")
        #expect(!test.estate.people.search(query, limit: 5).contains { $0.name == "王小明" })
    }

    @Test(
        "a unit is found however it is typed",
        arguments: ["3栋2单元501", "3-2-0501", "3#2-501", "３－２－５０１", "三栋二单元501", "3栋2单元"])
    func typedUnits(query: String) throws {
        #expect(try TestEstate().estate.people.search(query, limit: 5).first?.unit.text == "3-2-501")
    }
}
