import Foundation
import Handbook
import Testing

@Suite("The estate's own policy")
struct OverridingTests {
    private func handbook(_ chapter: any Chapter.Type, _ own: String) throws -> Handbook {
        try Handbook(overrides: [chapter.file: Data(own.utf8)], chapters: [chapter])
    }

    private func refusal(_ chapter: any Chapter.Type, _ own: String) throws -> HandbookError {
        try #require(throws: HandbookError.self) { try handbook(chapter, own) }
    }

    @Test("a policy is merged key by key, and its neighbours stay")
    func merging() throws {
        let gate = try handbook(
            Handbook.Gate.self, #"{"policy":{"overstayHours":{"default":6,"byPurpose":{"快递":1,"会议":3,"看房":null}}}}"#
        ).gate
        let expected = ["快递": 1, "会议": 3, "外卖": 2, "施工": 12, "看房": 6, "公务": 6]
        for (purpose, hours) in expected { #expect(gate.overstayHours(purpose: purpose) == hours) }
        #expect(gate.purposes == (try Handbook(chapters: [Handbook.Gate.self])).gate.purposes)
    }

    @Test("an array is replaced")
    func replacing() throws {
        let patrols = try handbook(Handbook.Patrols.self, #"{"policy":{"points":["1幢顶层","2幢顶层"]}}"#).patrols
        #expect(patrols.points == ["1幢顶层", "2幢顶层"])
    }

    @Test("how long a PIN is locked grows with each time, up to the estate's last word")
    func locks() throws {
        let shipped = try Handbook(chapters: [Handbook.Staff.self]).staff
        #expect((0...6).map(shipped.lockMinutes) == [1, 5, 15, 60, 240, 240, 240])
        let own = try handbook(
            Handbook.Staff.self, #"{"policy":{"pinTries":3,"lockMinutes":[2],"idleMinutes":0}}"#
        ).staff
        #expect([0, 9].map(own.lockMinutes) == [2, 2])
        #expect((own.pinTries, own.idleMinutes) == (3, 0))
        for wrong in [#"{"pinTries":0}"#, #"{"lockMinutes":[]}"#, #"{"lockMinutes":[0]}"#, #"{"idleMinutes":-1}"#] {
            #expect(try refusal(Handbook.Staff.self, #"{"policy":\#(wrong)}"#).code == .invalid)
        }
    }

    @Test("3.5 and 3.6 the estate sets the visitors and the regional manager's target")
    func followUps() throws {
        let own = #"{"classes":{"event":{"policy":{"visitors":["operator"]}},"other":{"policy":{"target":60}}}}"#
        let handbook = try handbook(Handbook.FollowUps.self, own)
        #expect(handbook.followUpRule(for: .event).visitors == [.operator])
        #expect(handbook.followUpRule(for: .event).target == 70)
        #expect(handbook.followUpRule(for: .other).target == 60)
        #expect(handbook.followUpRule(for: .other).visitors == [.administrator])
    }

    @Test("a template of the estate's own may include the prescribed ones")
    func template() throws {
        let own = """
            {"policy":{"templates":[{"name":"night","title":"夜巡","includes":["gate"],"items":[{"id":"n.1","text":"路灯完好"}]}]}}
            """
        let night = try #require(try handbook(Handbook.Inspections.self, own).template(named: "night"))
        #expect(night.items.map(\.id) == (1...15).map { "7.\($0)" } + ["n.1"])
    }

    @Test("a phrase may be added, never taken away or doubled")
    func phrases() throws {
        let own = #"{"classes":[{"id":"thanks","phrases":["多谢您","谢谢"]},{"id":"basic","phrases":[]}]}"#
        let handbook = try handbook(Handbook.Phrases.self, own)
        #expect(handbook.phrases(in: .thanks) == ["谢谢", "非常感谢", "多谢您"])
        #expect(handbook.phrases[.thanks].own == ["多谢您"])
        #expect(handbook.phrases(in: .basic) == ["您好", "请", "谢谢", "对不起", "再见"])
        #expect(handbook.phrases.classes.count == 12)
    }

    @Test("an edited copy of a whole file serves as well as its changes alone")
    func copy() throws {
        let copy = """
            {"clause":"1","rings":{"clause":"1.1","limit":3,"policy":{"secondsPerRing":4}}}
            """
        #expect(try handbook(Handbook.Calls.self, copy).calls.rings.secondsPerRing == 4)
    }

    @Test("the estate cannot change rules of the standards")
    func prescribed() throws {
        let error = try refusal(Handbook.Calls.self, #"{"rings":{"limit":5}}"#)
        #expect(error.code == .prescribed)
        #expect(error.file == "calls.json")
        #expect(error.chinese.contains("calls.json") && error.chinese.contains("rings.limit"))
        #expect(error.english.contains("calls.json") && error.english.contains("rings.limit"))
        #expect(try refusal(Handbook.FollowUps.self, #"{"classes":{"event":{"target":10}}}"#).code == .prescribed)
        #expect(try refusal(Handbook.Gate.self, "[]").code == .prescribed)
    }

    private static func template(_ members: String) -> String {
        #"{"policy":{"templates":[{"title":"甲",\#(members)}]}}"#
    }

    static let broken: [(chapter: any Chapter.Type, own: String, HandbookError.Code)] = [
        (Handbook.Gate.self, "{", .malformed),
        (Handbook.Gate.self, "", .malformed),
        (Handbook.Gate.self, #"{"policy":{"overstayHours":{"default":"six"}}}"#, .malformed),
        (Handbook.Gate.self, #"{"policy":{"overstayHours":{"default":null}}}"#, .malformed),
        (Handbook.Gate.self, #"{"policy":{"overstayHours":{"default":5}},"policy":{}}"#, .malformed),
        (Handbook.Gate.self, #"{"policy":{"overstayHours":{"default":5, "\u0064efault" :6}}}"#, .malformed),
        (Handbook.Gate.self, #"{"policy":{"overstayHours":{"default":0}}}"#, .invalid),
        (Handbook.Gate.self, #"{"policy":{"overstay":6}}"#, .unknown),
        (Handbook.Gate.self, #"{"policy":6}"#, .invalid),
        (Handbook.Gate.self, #"{"policy":{"overstayHours":{"byPurpose":{"快递":9223372036854775807}}}}"#, .invalid),
        (Handbook.Fees.self, #"{"penalty":{"policy":{"graceDays":1000000000}}}"#, .invalid),
        (Handbook.Fees.self, #"{"penalty":{"policy":{"capPercent":1e300}}}"#, .invalid),
        (Handbook.Requests.self, #"{"policy":{"deadlines":{"other":{"finish":"1000001d"}}}}"#, .malformed),
        (Handbook.Requests.self, #"{"policy":{"deadlines":{"other":{"finish":"999999999999999999h"}}}}"#, .malformed),
        (Handbook.Calls.self, #"{"ring":{"policy":{"secondsPerRing":4}}}"#, .unknown),
        (Handbook.Calls.self, #"{"rings":{"policy":{"secondsPerRing":0}}}"#, .invalid),
        (Handbook.Fees.self, #"{"penalty":{"policy":{"capPercent":-1}}}"#, .invalid),
        (Handbook.FollowUps.self, #"{"classes":{"event":{"policy":{"visitors":[]}}}}"#, .invalid),
        (Handbook.FollowUps.self, #"{"classes":{"event":{"policy":{"visitors":["nobody"]}}}}"#, .malformed),
        (Handbook.FollowUps.self, #"{"classes":{"other":{"policy":{"target":101}}}}"#, .invalid),
        (Handbook.Inspections.self, template(#""name":"gate""#), .invalid),
        (Handbook.Inspections.self, template(#""name":"a""#), .invalid),
        (Handbook.Inspections.self, template(#""name":"a","includes":["a"]"#), .invalid),
        (Handbook.Inspections.self, template(#""name":"a","includes":["gate","gate"]"#), .invalid),
        (Handbook.Phrases.self, #"{"classes":[{"id":"gossip","phrases":["嗨"]}]}"#, .unknown),
        (Handbook.Phrases.self, #"{"classes":[{"id":"thanks","phrases":[" "]}]}"#, .invalid),
        (Handbook.Phrases.self, #"{"classes":[{"id":"thanks","phrases":[1]}]}"#, .malformed),
        (Handbook.Phrases.self, #"{"thanks":["多谢您"]}"#, .invalid),
        (Handbook.Calendar.self, #"{"year":{}}"#, .unknown),
        (Handbook.Renovation.self, #"{"policy":{"suggestedFeeFen":-1}}"#, .invalid),
    ]

    @Test("a key that stands twice is named by where it stands, before anything else is looked at")
    func repeated() throws {
        let ring = #"{"clause":"1","rings":{"policy":{"secondsPerRing":4,"secondsPerRing":5},"none":1}}"#
        #expect(try refusal(Handbook.Calls.self, ring).chinese.contains("“rings.policy.secondsPerRing”写了两次"))
        let phrases = #"{"classes":[{"id":"basic","phrases":["a,{\"id\":"]},{"id":"thanks","id":"basic"}]}"#
        #expect(try refusal(Handbook.Phrases.self, phrases).chinese.contains("“classes.2.id”写了两次"))
    }

    @Test("a number that is no whole one, or too large, is told as such")
    func numbers() throws {
        let fraction = try refusal(Handbook.Staff.self, #"{"policy":{"pinTries":3.5}}"#)
        #expect(fraction.code == .malformed && !fraction.chinese.contains("JSON"))
        let large = try refusal(Handbook.Staff.self, #"{"policy":{"lockMinutes":[1,2000000000]}}"#)
        #expect(large.chinese.contains("“policy.lockMinutes.2”太大"))
    }

    @Test("a file in UTF-16 is refused with what helps", arguments: [String.Encoding.utf16, .utf16LittleEndian])
    func encoding(_ encoding: String.Encoding) throws {
        let own = try #require(#"{"policy":{"overstayHours":{"default":5,"default":6}}}"#.data(using: encoding))
        let error = try #require(throws: HandbookError.self) {
            try Handbook(overrides: [Handbook.Gate.file: own], chapters: [Handbook.Gate.self])
        }
        #expect(error.code == .malformed && error.chinese.contains("另存为 UTF-8"))
    }

    @Test("a broken file is refused, and named", arguments: broken)
    func refusals(chapter: any Chapter.Type, own: String, code: HandbookError.Code) throws {
        let error = try refusal(chapter, own)
        #expect(error.code == code)
        #expect(error.file == chapter.file)
        #expect(error.description.contains(chapter.file))
    }
}

@Suite("The estate's folder")
struct FolderTests {
    private static let chapters: [any Chapter.Type] = [Handbook.Calls.self, Handbook.Fees.self, Handbook.Gate.self]

    private func load(_ folder: URL?) throws -> Handbook {
        try Handbook.load(overriding: folder, chapters: Self.chapters)
    }

    private func withFolder<Result>(_ files: [String: String], _ body: (URL) throws -> Result) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "handbook-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, text) in files { try Data(text.utf8).write(to: folder.appending(path: name)) }
        return try body(folder)
    }

    @Test("its files lie over the shipped ones, and one that is no chapter is named")
    func load() throws {
        let files = [
            "calls.json": #"{"rings":{"policy":{"secondsPerRing":6}}}"#, "gates.json": "{}", "notes.txt": "…",
        ]
        let handbook = try withFolder(files) { try load($0) }
        #expect(handbook.calls.rings.secondsPerRing == 6)
        #expect(handbook.passedOver == ["gates.json"])
    }

    @Test("a file whose name is nearly that of a chapter is named, with the right name; notes are not")
    func misspelt() throws {
        let near = [
            "gates.json": "gate.json", "Gate.JSON": "gate.json", "gate.json.txt": "gate.json", "fee.jsn": "fees.json",
            "call": "calls.json", "cals.json": "calls.json", "galte.json": "gate.json",
        ]
        let far = ["readme.txt", "notes", ".gate.json.swp", "gate.json~", "门岗.txt"]
        var files = Dictionary(uniqueKeysWithValues: (Array(near.keys) + far).map { ($0, "{}") })
        files["elevators.json"] = "{}"
        let handbook = try withFolder(files) { try load($0) }
        #expect(handbook.passedOver == (Array(near.keys) + ["elevators.json"]).sorted())
        for (file, right) in near { #expect(handbook.nearestFile(to: file) == right, "\(file)") }
        #expect(handbook.nearestFile(to: "elevators.json") == nil)
        #expect(handbook.files.contains("gate.json"))
    }

    @Test("no folder, an empty one and one that is not there change nothing")
    func nothing() throws {
        let standard = try Handbook(chapters: Self.chapters)
        #expect(try load(nil) == standard)
        #expect(try withFolder([:]) { try load($0) } == standard)
        #expect(try withFolder([:]) { try load($0.appending(path: "none")) } == standard)
    }

    @Test("what is no folder in its place is told: the estate's policy would be off without a word")
    func noFolder() throws {
        try withFolder(["file": ""]) { folder in
            let link = folder.appending(path: "link")
            try FileManager.default.createSymbolicLink(at: link, withDestinationURL: folder.appending(path: "none"))
            for place in [folder.appending(path: "file"), link] {
                let error = try #require(throws: HandbookError.self) { try load(place) }
                #expect(error.code == .unreadable && error.chinese.contains("不是文件夹"))
            }
            try FileManager.default.removeItem(at: link)
            try FileManager.default.createSymbolicLink(at: link, withDestinationURL: folder)
            #expect(try load(link) == load(nil))
        }
    }

    @Test("a broken file is refused, and named")
    func broken() throws {
        let error = try withFolder(["gate.json": "{\"policy\":"]) { folder in
            try #require(throws: HandbookError.self) { try load(folder) }
        }
        #expect(error.code == .malformed)
        #expect(error.file == "gate.json")
    }

    @Test("unreadable values are refused by name")
    func unreadable() throws {
        let error = try withFolder([:]) { folder in
            let directory = folder.appending(path: "fees.json")
            try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: false)
            return try #require(throws: HandbookError.self) { try load(folder) }
        }
        #expect(error.code == .unreadable)
        #expect(error.file == "fees.json")
    }
}
