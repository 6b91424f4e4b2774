import Handbook
import Journal
import TestSupport
import Testing

@testable import Estate

@Suite("Rules, Renovation: the papers by what is planned, and the signatures")
struct RenovationPapersTests {
    private let test: TestEstate

    init() throws { test = try TestEstate(now: "2026-06-01T12:00") }

    @Test(
        "the kinds are read from the words of the works",
        arguments: [
            ("拆墙、厨房改造", ["结构", "防水"]), ("外墙开窗", ["外立面"]), ("换暖气片", ["供暖"]), ("燃气管移位", ["燃气"]),
            ("卫生间翻新", ["防水"]), ("电焊护栏", ["动火"]), ("餐饮店装修", ["商铺"]), ("自己找工人刷墙", ["自己找工人"]),
            ("装空调", ["小项"]), ("换门窗", ["小项"]), ("全屋装修换门窗", []), ("卫生间翻新、装空调", ["防水"]), ("刷墙铺地板", []),
        ])
    func kinds(works: String, kinds: [String]) throws {
        let id = try test.renovation(["works": works])
        #expect(try test.renovation(id).kinds == kinds)
    }

    @Test(
        "each kind asks for its papers",
        arguments: [
            ("结构", "设计单位方案和签章"), ("结构", "施工资质"), ("外立面", "规划等部门批准"), ("供暖", "供热单位同意"), ("燃气", "燃气单位同意"),
            ("防水", "防水方案"), ("防水", "闭水试验时间"), ("防水", "通知楼下"), ("动火", "动火申请"), ("动火", "灭火器"), ("动火", "看护人"),
            ("商铺", "用途证明"), ("商铺", "消防手续"), ("商铺", "排油烟方案"), ("自己找工人", "负责人承诺书"),
            ("自己找工人", "电工、焊工等作业证"),
        ])
    func papers(kind: String, paper: String) throws {
        let plain = try test.renovation(["works": "刷墙", "applicant": "owner"])
        let id = try test.renovation(["works": "刷墙", "kinds": kind, "applicant": "owner"])
        #expect(try test.renovation(id).works.papers.contains(paper))
        #expect(try !test.renovation(plain).works.papers.contains(paper))
    }

    @Test("all need the seven papers; a company its own; own workers none of a company; a tenant consent and lease")
    func always() throws {
        let rule = test.estate.handbook.renovation.papers
        let company = try test.renovation(try test.renovation(["works": "刷墙", "applicant": "owner"])).works.papers
        #expect(company == rule.always + rule.company && rule.always.count == 7)
        let own = try test.renovation(["works": "刷墙", "kinds": "自己找工人", "applicant": "owner"])
        #expect(try !test.renovation(own).works.papers.contains("营业执照和资质"))
        let tenant = try test.renovation(["works": "刷墙", "applicant": "tenant"])
        #expect(try test.renovation(tenant).works.papers.suffix(2) == rule.tenant[...])
    }

    @Test("a kind that the handbook does not have is refused")
    func unknownKind() {
        #expect(refusal { try test.renovation(["kinds": "挖地下室"]) }?.code == "renovation.kind")
    }

    @Test("a shop needs a shop's papers, whatever its works are called")
    func shop() throws {
        try test.do("unit.add", ["unit": "商铺-108", "kind": "shop"])
        let id = try test.renovation(unit: "商铺-108", ["works": "刷墙"])
        #expect(try test.renovation(id).kinds == ["商铺"])
    }

    @Test("who applies: the tenant where the unit is let, else the owner")
    func applicant() throws {
        #expect(try test.renovation(try test.renovation()).applicant == .owner)
        try test.do("unit.state", ["unit": "3-2-502", "state": "rented"])
        #expect(try test.renovation(try test.renovation(unit: "3-2-502")).applicant == .tenant)
        try test.do("person.add", ["unit": "3-2-503", "name": "王五", "role": "tenant"])
        #expect(try test.renovation(try test.renovation(unit: "3-2-503")).applicant == .tenant)
        #expect(try test.renovation(try test.renovation(unit: "3-2-503", ["applicant": "owner"])).applicant == .owner)
    }

    @Test("papers are ticked one by one; the last one starts the clock")
    func ticked() throws {
        let id = try test.renovation(["applicant": "owner"], at: "2026-03-02T09:00")
        let papers = try test.renovation(id).works.papers
        for paper in papers.dropLast() {
            try test.do("renovation.paper", ["renovation": id, "paper": paper], at: "2026-03-03T09:00")
        }
        #expect(try test.renovation(id).missingPapers == papers.suffix(1))
        #expect(try test.only(RenovationsView.self).missing.map(\.chinese) == ["通知楼下", "告知书未双签", "管理服务协议未签"])
        #expect(try test.renovation(id).completed == nil)
        try test.do("renovation.paper", ["renovation": id, "paper": papers.last ?? ""], at: "2026-03-04T09:00")
        #expect(try test.renovation(id).state == .papers)
        #expect(try test.only(RenovationsView.self).due == day("2026-03-06"))
    }

    @Test("a paper is found by a part of its name, refused if it is none or there already")
    func names() throws {
        let id = try test.renovation()
        try test.do("renovation.paper", ["renovation": id, "paper": "营业执照"])
        #expect(try test.renovation(id).delivered == ["营业执照和资质"])
        func code(_ paper: String) -> String? {
            refusal { try test.do("renovation.paper", ["renovation": id, "paper": paper]) }?.code
        }
        #expect(code("营业执照和资质") == "renovation.paperThere")
        #expect(code("户口本") == "renovation.paper")
        let missing = DeliverPaper.candidates(for: "paper", with: ["renovation": id], in: test.estate).map(\.value)
        #expect(missing == (try test.renovation(id).missingPapers))
    }

    @Test("a signature is the paper, too")
    func signatures() throws {
        let id = try test.renovation(["applicant": "tenant"])
        try test.do("renovation.notice", ["renovation": id, "decorator": "李四", "contractor": "王工"])
        try test.do("renovation.neighbours", ["renovation": id])
        try test.do(
            "renovation.agree", ["renovation": id, "from": "2026-06-02", "to": "2026-08-01", "hours": "8–12"])
        try test.do("renovation.consent", ["renovation": id, "signer": "李四"])
        let delivered = try test.renovation(id).delivered
        #expect(delivered == ["告知书双签", "通知楼下", "管理服务协议", "业主书面同意（写明做到什么程度、到哪天）"])
        #expect(
            refusal {
                try test.do(
                    "renovation.agree", ["renovation": id, "from": "2026-06-02", "to": "2026-06-01", "hours": "8"])
            }?.code == "renovation.dates")
    }

    @Test("the list stays as it was when the handbook changes")
    func stays() throws {
        let id = try test.renovation(["works": "刷墙", "applicant": "owner"])
        let papers = try test.renovation(id).works.papers
        try test.do("renovation.papers", ["renovation": id])
        let own = #"{"policy":{"papers":["身份证"]}}"#
        let changed = try TestEstate.reopened(test, handbook: ["renovation.json": own])
        let known = try #require(try changed.renovations.all[Ref(text: id, zone: .shanghai)])
        #expect(known.works.papers == papers && known.state == .papers)
    }

    @Test("a second application of a unit is taken, and warned of")
    func second() throws {
        _ = try test.renovation()
        let members = ["unit": "3-2-501", "contractor": "乙", "works": "刷墙"]
        #expect(try test.warnings("renovation.apply", members) == ["renovation.open"])
    }

    @Test("cases have numbers that start anew each year")
    func numbers() throws {
        for time in ["2025-12-30T10:00", "2025-12-31T10:00", "2026-01-02T10:00"] { _ = try test.renovation(at: time) }
        // Entered later, with a date of the year before; then one of this year again.
        for time in ["2025-12-31T11:00", "2026-01-02T11:00"] { _ = try test.renovation(at: time) }
        let numbers = ["装2025-0001", "装2025-0002", "装2026-0001", "装2025-0003", "装2026-0002"]
        #expect(test.estate.renovations.all.values.map { test.estate.number(of: $0) } == numbers)
    }

    @Test("the clock starts with the latest paper, whichever was entered last")
    func latest() throws {
        let id = try test.renovation(["applicant": "owner"], at: "2026-03-02T09:00")
        let papers = try test.renovation(id).works.papers
        for paper in papers.dropLast() {
            try test.do("renovation.paper", ["renovation": id, "paper": paper], at: "2026-03-05T09:00")
        }
        try test.do("renovation.paper", ["renovation": id, "paper": papers.last ?? ""], at: "2026-03-03T09:00")
        #expect(try test.renovation(id).completed == at("2026-03-05T09:00"))
        #expect(try test.only(RenovationsView.self).due == day("2026-03-09"))
        #expect(
            refusal {
                try test.do(
                    "renovation.permit", ["renovation": id, "deposit": "0", "fee": "0", "until": "2026-06-30"],
                    at: "2026-03-04T09:00")
            }?.code == "time.order")
    }
}
