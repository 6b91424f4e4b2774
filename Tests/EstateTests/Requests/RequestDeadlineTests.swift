import Handbook
import Testing
import TestSupport

@testable import Estate

@Suite("By when a request is answered and done (policy)")
struct RequestDeadlineTests {
    private let test: TestEstate

    init() throws { test = try TestEstate(now: "2026-03-20T12:00") }

    private func open(_ requestClass: String, _ more: [String: String] = [:]) throws -> String {
        try test.do(
            "request.open",
            ["class": requestClass, "unit": "3-2-501", "text": "事"].merging(more) { $1 }, at: "2026-03-02T09:00")
    }

    @Test(
        "each class has its limits; days run to 24:00",
        arguments: [
            ("repair.minor", "2026-03-02T09:30", "2026-03-03", "2026-03-06"),
            ("complaint", "2026-03-02T09:30", "2026-03-03T09:00", "2026-03-06"),
            ("repair.works", "2026-03-04", "2026-03-06", "2026-04-02"),
            ("other", "2026-03-02T09:30", "2026-03-04", "2026-03-05"),
        ])
    func limits(requestClass: String, respond: String, arrive: String, finish: String) throws {
        _ = try open(requestClass)
        let row = try test.only(RequestsView.self)
        #expect(row.respondBy == at(respond) && row.arriveDue == at(arrive) && row.dueAt == at(finish))
        #expect(row.due == Day(at(finish), in: .shanghai).adding(-1))
    }

    @Test("an urgent repair: ten minutes, thirty, twenty-four hours; no other class is urgent")
    func urgent() throws {
        _ = try open("repair.minor", ["urgent": "yes"])
        let row = try test.only(RequestsView.self)
        #expect(row.respondBy == at("2026-03-02T09:10") && row.arriveDue == at("2026-03-02T09:30"))
        #expect(row.dueAt == at("2026-03-03T09:00") && row.due == day("2026-03-03") && row.isUrgent)
        #expect(refusal { try open("complaint", ["urgent": "yes"]) }?.field == "urgent")
        #expect(!OpenRequest.asks(for: "urgent", with: ["class": "complaint"]))
        #expect(OpenRequest.asks(for: "urgent", with: ["class": "repair.minor"]))
    }

    @Test("a special service ends with its period, an event has no limit")
    func others() throws {
        _ = try open("special", ["from": "2026-03-10", "to": "2026-03-19"])
        _ = try open("event")
        let rows = try test.show(RequestsView.self)
        #expect(rows[0].dueAt == at("2026-03-20") && rows[0].due == day("2026-03-19"))
        #expect(rows[1].dueAt == nil && rows[1].respondBy == nil && !rows[1].isOverdue)
    }

    @Test("it is overdue while nobody is sent in time, and when it is not done by 24:00 of its day; done, it is not")
    func overdue() throws {
        let request = try open("repair.minor")
        func isOverdue(_ time: String) throws -> Bool { try test.only(RequestsView.self, asOf: time).isOverdue }
        #expect(try !isOverdue("2026-03-02T09:29"))
        #expect(try isOverdue("2026-03-02T09:30"))
        try test.do("request.assign", ["request": request, "to": "维修班"], at: "2026-03-02T09:40")
        #expect(try !isOverdue("2026-03-02T09:40"))
        #expect(try test.only(RequestsView.self).responded == at("2026-03-02T09:40"))
        #expect(try !isOverdue("2026-03-05T23:59"))
        // As of 24:00 of its last day, as return visits are.
        #expect(try isOverdue("2026-03-05"))
        try test.do("request.complete", ["request": request], at: "2026-03-06T10:00")
        #expect(try !isOverdue("2026-03-07"))
    }

    @Test("a note on the progress is an answer, too")
    func progress() throws {
        let request = try open("complaint")
        try test.do("request.progress", ["request": request, "note": "已致电"], at: "2026-03-02T09:20")
        #expect(try !test.only(RequestsView.self, asOf: "2026-03-02T12:00").isOverdue)
    }

    @Test("the day that is said with the assignment stands before that of the class, until a reopening")
    func assigned() throws {
        let request = try open("repair.minor")
        try test.do(
            "request.assign", ["request": request, "to": "维修班", "due": "2026-03-15"], at: "2026-03-02T09:10")
        var row = try test.only(RequestsView.self, asOf: "2026-03-15T23:59")
        #expect(row.due == day("2026-03-15") && !row.isOverdue)
        #expect(try test.only(RequestsView.self, asOf: "2026-03-16T00:01").isOverdue)
        try test.do("request.complete", ["request": request], at: "2026-03-16T09:00")
        try test.do("request.reopen", ["request": request, "why": "又漏"], at: "2026-03-17T09:00")
        row = try test.only(RequestsView.self, asOf: "2026-03-17T12:00")
        #expect(row.due == day("2026-03-20") && !row.isOverdue)
    }

    @Test("a policy that changes later changes no request that was taken")
    func policy() throws {
        _ = try open("repair.minor")
        let own = #"{"policy":{"deadlines":{"repair.minor":{"respond":"1d","arrive":"1d","finish":"15d"}}}}"#
        try test.write(handbook: "requests.json", own)
        let store = try test.secondStore()
        let request = try #require(store.estate.requests.all.values.first)
        #expect(request.finishBy == at("2026-03-06"))
        #expect(
            store.estate.deadlines(of: .minorRepair, isUrgent: false, period: nil, from: at("2026-03-02T09:00"))
                .finish == at("2026-03-18"))
    }

    @Test("a place of the estate has requests as a unit has")
    func place() throws {
        try test.do("place.add", ["place": "中心花园"])
        let request = try test.do(
            "request.open", ["class": "repair.minor", "unit": "中心花园", "text": "路灯不亮"], at: "2026-03-02T09:00")
        #expect(try test.only(RequestsView.self).due == day("2026-03-05"))
        try test.do("request.complete", ["request": request], at: "2026-03-03T09:00")
        #expect(try test.only(FollowUpsView.self).unit.text == "中心花园")
    }
}

@Suite("The class of a request, guessed from its words (policy)")
struct RequestGuessTests {
    private let test: TestEstate

    init() throws { test = try TestEstate() }

    @Test(
        "the longest word tells it, of two as long an urgent one, then the first",
        arguments: [
            ("厨房龙头滴水", "repair.minor 滴水"), ("楼顶防水层老化", "repair.works 防水"), ("楼上噪音大", "complaint 噪音"),
            ("家里跳闸全黑", "repair.minor 跳闸全黑"), ("插座跳闸", "repair.minor 跳闸"), ("电梯困人", "repair.minor 困"),
            ("一直没修，还漏水", "complaint 一直没"), ("月卡怎么办", "other 怎么办"), ("外墙漏水", "repair.works 外墙"),
            ("爆管漏水", "repair.minor 爆管"),
        ])
    func words(text: String, guess: String) {
        let found = test.estate.handbook.requests.guess(text)
        #expect(found.map { "\($0.requestClass.rawValue) \($0.word)" } == guess)
    }

    @Test("no known word: no guess")
    func none() {
        #expect(test.estate.handbook.requests.guess("您好") == nil)
        #expect(OpenRequest.proposals(with: ["text": "您好"], to: "S02", in: test.estate, at: test.store.now).isEmpty)
    }

    @Test("it is proposed and shown as a guess; another class is doubted and taken")
    func shown() throws {
        let values = ["text": "厨房爆管", "class": "repair.minor", "unit": "3-2-501"]
        let proposals = OpenRequest.proposals(with: values, to: "S02", in: test.estate, at: test.store.now)
        #expect(proposals == ["class": "repair.minor", "urgent": "true"])
        let rows = OpenRequest.outlook(with: values, in: test.estate, at: test.store.now)
        #expect(rows.first?.cells.first?.chinese == "猜：急修（“爆管”），请核对")
        #expect(
            OpenRequest.cautions(with: values, by: "S02", in: test.estate)["urgent"]?.chinese == "“爆管”像是急修")
        let other = values.merging(["class": "complaint"]) { $1 }
        #expect(
            OpenRequest.cautions(with: other, by: "S02", in: test.estate)["class"]?.chinese == "“爆管”像是零星维修")
        #expect(OpenRequest.outlook(with: other, in: test.estate, at: test.store.now).isEmpty)
        try test.do("request.open", ["class": "complaint", "unit": "3-2-501", "text": "厨房爆管"])
        #expect(try test.only(RequestsView.self).class == .complaint)
    }
}

@Suite("The work order")
struct WorkOrderTests {
    @Test("one page: the case, its limits, its progress, room for materials and both signatures")
    func page() throws {
        let test = try TestEstate(now: "2026-03-02T12:00")
        let request = try test.do(
            "request.open", ["class": "repair.minor", "unit": "3-2-501", "text": "爆管", "urgent": "yes"], by: "S02",
            at: "2026-03-02T09:00")
        try test.do("request.assign", ["request": request, "to": "维修班"], at: "2026-03-02T09:05")
        try test.do("request.progress", ["request": request, "note": "已关阀"], at: "2026-03-02T09:20")
        let document = try WorkOrder(request: ref(request)).document(of: test.estate, at: test.store.now, .chinese)
        #expect(document.sheets.count == 1)
        let sheet = try #require(document.sheets.first)
        #expect(sheet.heading == "翠湖花园 派工单")
        #expect(sheet.values["类别"] == "零星维修（急修）" && sheet.values["派给"] == "维修班")
        #expect(sheet.values["联系人"] == "李四" && sheet.values["电话"] == "138****1111")
        #expect(sheet.tables[0][0] == ["回应", "2026-03-02 09:10", "2026-03-02 09:05"])
        #expect(sheet.tables[0][2] == ["办结", "2026-03-03 09:00", ""])
        // A deadline at the end of a day is that day's.
        let usual = try test.do(
            "request.open", ["class": "repair.minor", "unit": "3-2-501", "text": "灯"], at: "2026-03-02T09:00")
        let other = try WorkOrder(request: ref(usual)).document(of: test.estate, at: test.store.now, .chinese)
        #expect(
            other.sheets.first?.tables[0].map { $0[1] } == ["2026-03-02 09:30", "2026-03-02 24:00", "2026-03-05 24:00"])
        #expect(sheet.tables[1] == [["2026-03-02 09:20", "已关阀", "王经理"]])
        #expect(sheet.tables[2].count == 4 && sheet.tables[2].joined().allSatisfy(\.isEmpty))
        #expect(sheet.values["承办人签名"] == .some(nil) && sheet.values["业主签名"] == .some(nil))
        #expect(
            refusal { try WorkOrder(request: ref(request)).document(of: test.estate, at: test.store.now, .english) }
                == nil)
        let unknown = WorkOrder(request: ref("01K0123456789ABCDEFGHJKMNP"))
        #expect(
            refusal { try unknown.document(of: test.estate, at: test.store.now, .chinese) }?.field == "request")
    }
}
