import Handbook
import Testing

@Suite("Rules of the standards")
struct StandardsTests {
    private let handbook: Handbook

    init() throws {
        handbook = try Handbook(chapters: [
            Handbook.Calls.self, Handbook.FollowUps.self, Handbook.Fees.self, Handbook.Gate.self,
            Handbook.Inspections.self, Handbook.Renovation.self, Handbook.Materials.self, Handbook.Staff.self,
        ])
    }

    @Test("1.1 a call is answered within three rings")
    func rings() {
        #expect(handbook.calls.rings.limit == 3)
        #expect(handbook.calls.rings.clause == "1.1")
        #expect(handbook.calls.rings.secondsPerRing == 5)
    }

    @Test("1.2 to 1.8 the prescribed words, the estate's name in its place")
    func words() {
        func words(_ steps: [Handbook.Calls.Step]) -> [String: String] {
            Dictionary(uniqueKeysWithValues: steps.map { ($0.id, $0) }).compactMapValues { $0.words(estate: "翠湖花园") }
        }
        #expect(
            words(handbook.calls.incoming)
                == ["greet": "您好，翠湖花园", "putonghua": "对不起，请您用普通话，好吗？", "close": "谢谢，再见！"])
        #expect(words(handbook.calls.outgoing) == ["greet": "您好", "close": "谢谢，再见"])
    }

    @Test("1.1 to 1.7 each answering clause has a step, and calling out is 1.8")
    func steps() {
        #expect(Set(handbook.calls.incoming.map(\.clause)) == Set((1...7).map { "1.\($0)" }))
        #expect(Set(handbook.calls.outgoing.map(\.clause)) == ["1.8"])
        let resume = handbook.calls.incoming.first { $0.id == "resume" }
        #expect(resume?.phraseClasses == [.apology])
        #expect(resume?.when == .asNeeded)
    }

    typealias Class = Handbook.RequestClass
    static let visits: [(Class, String, Handbook.FollowUps.Window, Int?, [Handbook.Role], policy: Bool)] = [
        (.complaint, "3.1 投诉", .days(3), 100, [.regional, .administrator], false),
        (.minorRepair, "3.2 零星维修", .days(3), 100, [.administrator], false),
        (.repairWorks, "3.3 维修工程", .months(1), 100, [.administrator], false),
        (.event, "3.5 文体活动", .months(1), 70, [.administrator], true),
        (.other, "3.6 其他管理服务", .days(7), nil, [.administrator], true),
    ]

    @Test("3 when, how much and by whom a request is visited", arguments: visits)
    func followUp(
        id: Class, name: String, window: Handbook.FollowUps.Window, target: Int?, visitors: [Handbook.Role],
        policy: Bool
    ) {
        let rule = handbook.followUpRule(for: id)
        #expect("\(rule.clause) \(rule.name)" == name)
        #expect(rule.within == window)
        #expect(rule.target == target)
        #expect(rule.visitors == visitors)
        #expect(rule.visitorsArePolicy == policy)
        #expect(rule.targetIsPolicy == (id == .other))
    }

    @Test("3.4 a special service is visited in its middle and after its end")
    func special() throws {
        let rule = handbook.followUpRule(for: .special)
        guard case .stages(let stages) = rule.within else {
            Issue.record("a special service has stages")
            return
        }
        #expect((stages.middle.opensThirds, stages.middle.dueThirds) == (1, 2))
        #expect(stages.end.dueDays == 3)
        #expect(rule.target == 100)
        #expect(rule.visitors == [.administrator])
    }

    @Test("3 the keys of the classes, and the five things a visit records")
    func keys() {
        #expect(
            Handbook.RequestClass.allCases.map(\.rawValue)
                == ["complaint", "repair.minor", "repair.works", "special", "event", "other"])
        #expect(
            handbook.followUps.contents.map(\.id)
                == ["quality", "effect", "satisfaction", "shortcomings", "suggestions"])
    }

    @Test("5.2 the collection rate travels 80, 90, 100")
    func collection() {
        #expect((0...3).map { handbook.fees.target(age: $0)?.percent } == [80, 90, 100, nil])
        #expect(handbook.fees.targets.map(\.name) == ["当月", "上月", "上上月"])
    }

    @Test("5.6 and 5.7 the 5th and the 28th")
    func monthly() {
        #expect(handbook.fees.reconciliation.day == 5)
        #expect(handbook.fees.arrearsReport.day == 28)
    }

    @Test("违约金 is called so, and is off")
    func penalty() {
        #expect(handbook.fees.penalty.name == "违约金")
        #expect(!handbook.fees.penalty.isEnabled)
        #expect(handbook.fees.penalty.capPercent == nil)
        #expect(handbook.fees.penalty.yearlyPercent == "18.25")
        #expect(
            handbook.fees.penalty.explanation
                == "日 0.05%，合年 18.25%，是一年期 LPR（3.00%，2025-05-20）的 6.0 倍。约定过高的，法院可应请求酌减。")
    }

    @Test("up to twelve months are paid in advance, without a discount unless the estate gives one")
    func prepayment() {
        #expect(handbook.fees.prepayment.mostMonths == 12)
        #expect((1...12).allSatisfy { handbook.fees.prepayment.discount(for: $0) == 0 })
    }

    @Test("cutting a supply or blocking goods is warned of", arguments: ["停水", "周一断电", "停供暖", "不让搬家"])
    func forbidden(channel: String) {
        #expect(handbook.fees.forbidden.warning(for: channel) == handbook.fees.forbidden.warning)
        #expect(handbook.fees.forbidden.warning(for: "电话") == nil)
    }

    @Test("7 plates begin with one of thirty-one provinces")
    func plates() {
        #expect(Set(handbook.gate.plates.provinces).count == 31)
        #expect(handbook.gate.plates.provinces.count == 31)
        #expect(handbook.gate.plates.tails == "挂学警港澳使领")
    }

    @Test(
        "how long a visit may last goes by its purpose",
        arguments: [("快递", 2), ("送快递", 2), ("装修送货", 2), ("施工", 12), ("探亲访友", 8), ("", 8)])
    func overstay(purpose: String, hours: Int) {
        #expect(handbook.gate.overstayHours(purpose: purpose) == hours)
    }

    @Test("5.3 two working days, a deposit and a fee")
    func renovation() {
        #expect(handbook.renovation.permit.workingDays == 2)
        #expect(handbook.renovation.charges.map(\.name) == ["装修押金", "物业管理费"])
    }

    @Test("6 the verdicts of a stocktake")
    func verdicts() {
        let verdicts = ["agree", "surplus", "shortage", "unposted", "card", "recount"].map(handbook.materials.verdict)
        #expect(verdicts.map { $0?.name } == ["相符", "盘盈", "盘亏", "未入帐", "卡片差错", "重新盘点"])
        #expect(handbook.materials.principle.text == "帐、卡、物相符")
        #expect(handbook.materials.kinds.map(\.id) == ["consumable", "turnover", "equipment"])
    }

    @Test("4 to 6 the posts, their standards, and 95 % of satisfaction")
    func staff() {
        #expect(handbook.staff.satisfaction.percent == 95)
        #expect(handbook.staff[.supervisor].standards.map(\.clause) == (1...7).map { "5.\($0)" })
        #expect(handbook.staff[.guard].name == "门岗")
        for post in handbook.staff.roles {
            #expect(!post.name.isEmpty && !post.english.isEmpty)
            #expect(post.checkedBy.map { handbook.template(named: $0) != nil } ?? !post.duties.isEmpty)
        }
    }
}
