import Journal
import TestSupport
import Testing

@testable import Estate

@Suite("Renovation: the papers that are printed")
struct RenovationSheetTests {
    private let test: TestEstate
    private let id: String

    init() throws {
        test = try TestEstate(now: "2026-06-01T12:00")
        id = try test.renovation(
            ["papers": "complete", "applicant": "owner", "responsible": "王工", "phone": "13800009999"],
            at: "2026-03-02T09:00")
        try test.do(
            "renovation.agree", ["renovation": id, "from": "2026-03-05", "to": "2026-05-31", "hours": "8–12"],
            at: "2026-03-02T09:00")
    }

    private func permit() throws {
        try test.do(
            "renovation.permit",
            ["renovation": id, "deposit": "2000", "fee": "0", "until": "2026-05-31", "method": "现金"],
            at: "2026-03-03T09:00")
    }

    private func document<R: Report>(
        _: R.Type, at time: String = "2026-03-10T09:00", _ language: Language = .chinese, all: Bool = false,
        for reader: Role? = .manager
    ) throws -> Document {
        try R.make(
            of: test.estate, at: at(time), members: all ? [:] : ["renovation": .string(id)], for: reader, language
        ).document
    }

    /// All texts of a document.
    private func text(_ document: Document) -> String { "\(document.sheets)" }

    @Test("none before the works may begin")
    func early() {
        #expect(refusal { try document(PermitSheet.self) }?.code == "renovation.early")
        #expect(refusal { try document(PassSheet.self) }?.code == "renovation.early")
    }

    @Test("施工证: unit, works, days, hours, who is responsible, number; a registration, no official permit")
    func permitSheet() throws {
        try permit()
        let sheet = try #require(try document(PermitSheet.self).sheets.first)
        for (name, value) in [
            ("房号", "3-2-501"), ("编号", "装2026-0001"), ("装修内容", "卫生间翻新"), ("期限", "2026-03-05 至 2026-05-31"),
            ("允许施工时间", "8–12"), ("现场负责人", "王工"), ("负责人电话", "13800009999"),
        ] {
            #expect(sheet.values[name] == .some(value), "\(name)")
        }
        #expect(sheet.heading == "翠湖花园 施工证")
        // Nobody in particular, as a script that has not signed in.
        #expect(try document(PermitSheet.self, for: nil).sheets.first?.values["负责人电话"] == "138****9999")
        let expired = try document(PermitSheet.self, at: "2026-06-01T09:00").sheets.first
        #expect(expired?.heading == "翠湖花园 施工证（已到期）")
        #expect(sheet.foot.contains("申报登记，可开工") && sheet.foot.contains("不是行政许可"))
        #expect(sheet.tables.first?.count == 13)
        #expect(try document(PermitSheet.self, all: true).sheets.count == 1)
        #expect(try document(PermitSheet.self, at: "2026-06-01T09:00", all: true).sheets.isEmpty)
        try test.do(
            "renovation.extend", ["renovation": id, "until": "2026-07-31", "why": "材料"], at: "2026-03-09T09:00")
        let anew = try #require(try document(PermitSheet.self).sheets.first)
        #expect(anew.values["编号"] == .some("装2026-0001（延期第 1 次）"))
    }

    @Test("出入证: several on a sheet, with name, trade, unit, contractor and last day, and no number of a document")
    func passSheet() throws {
        try permit()
        #expect(try document(PassSheet.self).sheets.isEmpty)
        for name in ["刘师傅", "王师傅"] {
            try test.do(
                "renovation.pass",
                ["renovation": id, "name": name, "trade": "木工", "document": "居民身份证 330102199001011234"],
                at: "2026-03-03T10:00")
        }
        let document = try document(PassSheet.self)
        #expect(document.sheets.count == 1)
        for word in ["刘师傅", "王师傅", "木工", "3-2-501", "好家装饰", "2026-05-31", "装2026-0001-02"] {
            #expect(text(document).contains(word), "\(word)")
        }
        #expect(!text(document).contains("1234"))
    }

    @Test(
        "装修档案: papers, checks, violations and the account of the deposit; notice, agreement and receipt on pages of their own"
    )
    func file() throws {
        try permit()
        try test.do("renovation.check", ["renovation": id, "note": "保护到位", "stage": "进场"], at: "2026-03-04T09:00")
        try test.do(
            "renovation.violation", ["renovation": id, "what": "堆料过夜", "evidence": "P1"], at: "2026-03-04T09:00")
        try test.do("renovation.finish", ["renovation": id], at: "2026-03-05T09:00")
        try test.do(
            "renovation.deduct", ["renovation": id, "amount": "100", "why": "划痕", "signer": "李四"],
            at: "2026-03-05T09:00")
        let sheets = try document(RenovationSheet.self).sheets
        #expect(sheets.map(\.heading) == ["翠湖花园 装修档案", "翠湖花园 装修告知书", "翠湖花园 装修管理服务协议", "翠湖花园 押金收据（补打）"])
        let words = "\(sheets[0])"
        for word in ["保护到位", "堆料过夜", "P1", "划痕，签名 李四", "-100.00", "1,900.00"] {
            #expect(words.contains(word), "\(word)")
        }
        #expect(sheets[1].tables[0].count == 13 && sheets[2].tables[0].count == 9)
        let receipt = sheets[3]
        for (name, value) in [
            ("收据号", "desk-000001"), ("房号", "3-2-501"), ("交款人", "李四（业主）"), ("款项", "装修押金 装2026-0001"), ("付款方式", "现金"),
            ("金额", "￥2,000.00"), ("大写", "人民币贰仟元整"), ("收款人", "王经理"),
        ] {
            #expect(receipt.values[name] == .some(value), "\(name)")
        }
        #expect(receipt.foot.contains("押金不是收入") && receipt.foot.contains("不作发票使用"))
    }

    @Test("the receipt names who paid, whoever owns the unit now; printed later it is a copy; refunded it says so")
    func receiptStays() throws {
        try permit()
        func receipt(_ time: String) throws -> Sheet {
            try #require(try document(RenovationSheet.self, at: time).sheets.last)
        }
        #expect(try receipt("2026-03-03T18:00").heading == "翠湖花园 押金收据")
        try test.do("unit.sell", ["unit": "3-2-501", "owner": "赵六"], at: "2026-03-04T09:00")
        #expect(try receipt("2026-03-04T18:00").heading == "翠湖花园 押金收据（补打）")
        #expect(try receipt("2026-03-04T18:00").values["交款人"] == .some("李四（业主）"))
        try test.do("renovation.withdraw", ["renovation": id, "why": "不装了"], at: "2026-03-05T09:00")
        try test.do("renovation.refund", ["renovation": id, "refund": "500"], at: "2026-03-05T09:00")
        #expect(try receipt("2026-03-05T18:00").heading == "翠湖花园 押金收据（补打）")
        try test.do("renovation.refund", ["renovation": id, "refund": "1500"], at: "2026-03-05T09:00")
        #expect(try receipt("2026-03-05T18:00").heading == "翠湖花园 押金收据（补打）（已退）")
    }

    @Test("a tenant who applied is who paid; kept whole, the receipt says so")
    func tenantPaid() throws {
        try test.do("person.add", ["unit": "3-2-502", "name": "王五", "role": "tenant"], at: "2026-03-01T09:00")
        let other = try test.renovation(
            unit: "3-2-502", ["papers": "complete", "consent": "张三"], at: "2026-03-02T09:00")
        try test.do(
            "renovation.permit",
            ["renovation": other, "deposit": "100", "fee": "0", "until": "2026-05-31", "method": "现金"],
            at: "2026-03-03T09:00")
        try test.do("renovation.withdraw", ["renovation": other, "why": "不装了"], at: "2026-03-03T10:00")
        try test.do(
            "renovation.deduct", ["renovation": other, "amount": "100", "why": "划痕", "signer": "王五"],
            at: "2026-03-03T10:00")
        let sheet = try RenovationSheet.make(
            of: test.estate, at: at("2026-03-03T12:00"), members: ["renovation": .string(other)], for: .manager,
            .chinese
        ).document.sheets.last
        #expect(sheet?.values["交款人"] == .some("王五（租户）"))
        #expect(sheet?.heading == "翠湖花园 押金收据（已扣完）")
    }

    @Test("the rows of 施工证 mask the telephone, which only the sheet at the door has whole")
    func masked() throws {
        try permit()
        let made = try PermitSheet.make(
            of: test.estate, at: at("2026-03-10T09:00"), members: ["renovation": .string(id)], for: .manager, .chinese)
        #expect(made.document.sheets.first?.values["负责人电话"] == .some("13800009999"))
        let row = try #require(
            try PermitSheet(renovation: Ref(text: id, zone: .shanghai)).rows(of: test.estate, at: test.store.now).first)
        #expect(row.texts.contains("138****9999") && !row.texts.contains("13800009999"))
    }

    @Test("without a deposit there is no receipt; names of entries are there in English")
    func languages() throws {
        #expect(try document(RenovationSheet.self).sheets.count == 3)
        try permit()
        for sheet in try document(RenovationSheet.self, .english).sheets {
            #expect(sheet.values.keys.allSatisfy { $0.allSatisfy(\.isASCII) }, "\(sheet.values.keys)")
        }
    }
}
