import Handbook
import Journal
import TestSupport
import Testing

@testable import Estate

@Suite("Rules, Renovation: what stands before the works")
struct PermitTests {
    private let test: TestEstate

    init() throws { test = try TestEstate(now: "2026-06-01T12:00") }

    private func members(_ id: String, deposit: String = "0", fee: String = "0", until: String = "2026-08-31")
        -> [String: String]
    {
        ["renovation": id, "deposit": deposit, "fee": fee, "until": until, "method": "现金"]
    }

    private func code(_ members: [String: String]) -> String? {
        refusal { try test.do("renovation.permit", members) }?.code
    }

    private func complete(_ more: [String: String] = [:]) throws -> String {
        try test.renovation(["papers": "complete", "applicant": "owner"].merging(more) { $1 })
    }

    @Test("papers that are missing are named")
    func papers() throws {
        let id = try test.renovation(["works": "刷墙", "applicant": "owner"])
        let refused = refusal { try test.do("renovation.permit", members(id)) }
        #expect(refused?.code == "renovation.papers")
        #expect(refused?.message.chinese.contains("装修登记表、权属证明或购房合同") == true)
    }

    @Test("a tenant needs the owner's written consent; taken back, none until a new one")
    func consent() throws {
        let id = try complete(["applicant": "tenant"])
        #expect(code(members(id)) == "renovation.consent")
        #expect(try test.only(RenovationsView.self).flags == [.noConsent])
        try test.do("renovation.consent", ["renovation": id, "signer": "李四"])
        try test.do("renovation.consent", ["renovation": id, "signer": "李四", "withdrawn": "yes"])
        #expect(code(members(id)) == "renovation.consent")
        #expect(try test.only(RenovationsView.self).flags.first == .consentWithdrawn)
        try test.do("renovation.consent", ["renovation": id, "signer": "李四"])
        #expect(code(members(id)) == nil)
    }

    @Test("consent given with the application counts")
    func consentAtOnce() throws {
        let id = try complete(["applicant": "tenant", "consent": "李四"])
        #expect(code(members(id)) == nil)
    }

    @Test("taken back after the permit: flagged, and no extension until a new consent")
    func consentTakenBack() throws {
        let id = try complete(["applicant": "tenant", "consent": "李四"])
        try test.do("renovation.permit", members(id))
        try test.do("renovation.consent", ["renovation": id, "signer": "李四", "withdrawn": "yes"])
        #expect(try test.only(RenovationsView.self).flags.contains(.consentWithdrawn))
        let extend = ["renovation": id, "until": "2026-09-30", "why": "材料"]
        #expect(refusal { try test.do("renovation.extend", extend) }?.code == "renovation.consent")
        try test.do("renovation.consent", ["renovation": id, "signer": "李四"])
        try test.do("renovation.extend", extend)
        #expect(
            refusal {
                try test.do(
                    "renovation.consent", ["renovation": try test.renovation(), "signer": "李四", "withdrawn": "yes"])
            }?.code == "renovation.consent")
    }

    @Test("sold in mid-case: permit and extension need the new owner's consent")
    func sold() throws {
        let before = try test.renovation(["papers": "complete", "applicant": "owner"], at: "2026-05-01T09:00")
        let running = try test.permitted(until: "2026-08-31", at: "2026-05-02T09:00")
        try test.do("renovation.consent", ["renovation": before, "signer": "李四"], at: "2026-05-02T09:00")
        try test.do("unit.sell", ["unit": "3-2-501", "owner": "赵六"], at: "2026-05-10T09:00")
        let rows = try test.show(RenovationsView.self)
        #expect(rows.allSatisfy { $0.flags.contains(.ownerChanged) })
        #expect(code(members(before)) == "renovation.owner")
        let extend = ["renovation": running, "until": "2026-09-30", "why": "材料"]
        #expect(refusal { try test.do("renovation.extend", extend) }?.code == "renovation.owner")
        for id in [before, running] { try test.do("renovation.consent", ["renovation": id, "signer": "赵六"]) }
        try test.do("renovation.extend", extend)
        try test.do("renovation.permit", members(before))
        #expect(try test.show(RenovationsView.self).allSatisfy { $0.flags.isEmpty })
    }

    @Test("a tenant who has moved out is told")
    func tenantLeft() throws {
        let tenant = try test.do("person.add", ["unit": "3-2-501", "name": "王五", "role": "tenant"])
        _ = try complete(["applicant": "tenant", "consent": "李四"])
        #expect(try test.only(RenovationsView.self).flags == [])
        try test.do("person.leave", ["person": tenant])
        #expect(try test.only(RenovationsView.self).flags == [.tenantLeft])
    }

    @Test("notice, neighbours and agreement that are missing are warned of, and named")
    func warned() throws {
        let id = try complete()
        let missing = try test.only(RenovationsView.self).missing.map(\.chinese)
        #expect(missing == ["告知书未双签", "邻居未告知", "管理服务协议未签"])
        let action = PermitRenovation(
            renovation: try Ref(text: id, zone: .shanghai), deposit: .zero, fee: .zero, until: day("2026-08-31"))
        let facts = action.confirmation(in: test.estate, at: test.store.now)?.facts.map(\.chinese)
        #expect(facts?.last == "还缺：告知书未双签、邻居未告知、管理服务协议未签")
        #expect(
            try test.warnings("renovation.permit", members(id)) == [
                "renovation.notice", "renovation.neighbours", "renovation.agreement",
            ])
        let other = try complete()
        try test.do("renovation.notice", ["renovation": other, "decorator": "李四", "contractor": "王工"])
        try test.do("renovation.neighbours", ["renovation": other])
        try test.do(
            "renovation.agree", ["renovation": other, "from": "2026-06-01", "to": "2026-08-01", "hours": "8–12"])
        #expect(try test.warnings("renovation.permit", members(other)) == [])
    }

    @Test("works do not end before today")
    func until() throws {
        let id = try complete()
        #expect(code(members(id, until: "2026-05-31")) == "renovation.until")
        #expect(code(members(id, until: "2026-06-01")) == nil)
        #expect(
            refusal { try test.do("renovation.extend", ["renovation": id, "until": "2026-06-01", "why": "材料"]) }?.code
                == "renovation.until")
    }

    @Test("charges: unset is recorded and warned of; 0 is allowed without a word")
    func chargesUnset() throws {
        #expect(try !test.warnings("renovation.permit", members(try complete())).contains("renovation.charges"))
        let warnings = try test.warnings("renovation.permit", members(try complete(), deposit: "2000"))
        #expect(warnings.first == "renovation.charges")
    }

    @Test("charges: 不准收 is refused, and duty 5.3 says so; above the maximum is refused")
    func charges() throws {
        func estate(_ charges: String) throws -> TestEstate {
            try TestEstate(
                now: "2026-06-01T12:00", handbook: ["renovation.json": #"{"policy":{"charges":\#(charges)}}"#])
        }
        let forbidden = try estate(#"{"deposit":{"allowed":false},"fee":{"allowed":false}}"#)
        let id = try forbidden.renovation(["papers": "complete", "applicant": "owner"], at: "2026-05-29T10:00")
        for (deposit, fee, field) in [("1", "0", "deposit"), ("0", "1", "fee")] {
            let refused = refusal { try forbidden.do("renovation.permit", members(id, deposit: deposit, fee: fee)) }
            #expect(refused?.code == "renovation.charge" && refused?.field == field)
        }
        let duty = try #require(try forbidden.show(DutiesView.self).first { $0.rule.kind == "permit" })
        #expect(duty.note?.chinese == "收取装修押金和管理费：不适用（当地规定）")
        try forbidden.do("renovation.permit", members(id))

        let limited = try estate(#"{"deposit":{"allowed":true,"maximumFen":100000},"fee":{"allowed":true}}"#)
        let one = try limited.renovation(["papers": "complete", "applicant": "owner"])
        #expect(
            refusal { try limited.do("renovation.permit", members(one, deposit: "1000.01")) }?.code
                == "renovation.charge")
        let proposals = PermitRenovation.proposals(
            with: ["renovation": one], to: "S01", in: limited.estate, at: limited.store.now)
        #expect(proposals["deposit"] == "1000.00" && proposals["fee"] == nil)
        #expect(
            try !limited.warnings("renovation.permit", members(one, deposit: "1000")).contains("renovation.charges"))
    }

    @Test("a deposit is proposed only where it may be charged")
    func proposed() throws {
        let id = try complete()
        func proposals() -> [String: String] {
            PermitRenovation.proposals(with: ["renovation": id], to: "S01", in: test.estate, at: test.store.now)
        }
        #expect(proposals()["deposit"] == nil)
        try test.do("renovation.agree", ["renovation": id, "from": "2026-06-01", "to": "2026-08-01", "hours": "8–12"])
        #expect(proposals()["until"] == "2026-08-01")
    }

    @Test("a small matter is charged nothing")
    func small() throws {
        let id = try complete(["works": "装空调"])
        #expect(code(members(id, deposit: "100")) == "renovation.charge")
        #expect(try test.warnings("renovation.permit", members(id)) == [])
    }

    @Test("the fee is a bill of its own, of the month of the permit, and paid at once")
    func fee() throws {
        let id = try complete()
        try test.do("bill.issue", test.bill(period: "2026-05", amount: "500", due: "2026-05-31"))
        try test.do("renovation.permit", members(id, deposit: "2000", fee: "300"))
        let bill = try #require(test.estate.fees.bills.values.first { $0.item == "装修管理费" })
        #expect(bill.period == month("2026-06") && bill.amount == money("300") && bill.outstanding == .zero)
        #expect(test.estate.nature(of: bill) == .other && bill.due == day("2026-06-01"))
        #expect(try test.renovation(id).permit?.bill == bill.id)
        // The older bill is still open: the payment was for the fee.
        #expect(test.estate.fees.owed(by: test.estate.fees.account(of: unit("3-2-501"))) == money("500"))
    }

    @Test("money that was prepaid may pay the fee; what comes in is prepaid then")
    func prepaid() throws {
        try test.do("payment.receive", ["unit": "3-2-501", "amount": "300", "method": "微信"])
        try test.do("renovation.permit", members(try complete(), fee: "300"))
        let bill = try #require(test.estate.fees.bills.values.first { $0.item == "装修管理费" })
        #expect(bill.outstanding == .zero)
        #expect(test.estate.fees.prepaid(of: unit("3-2-501")) == money("300"))
    }

    @Test("after a sale in the month the new owner owes the fee")
    func feeAfterSale() throws {
        try test.do("unit.sell", ["unit": "3-2-501", "owner": "赵六"], at: "2026-06-01T09:00")
        try test.do("renovation.permit", members(try complete(), fee: "300"))
        let bill = try #require(test.estate.fees.bills.values.first { $0.item == "装修管理费" })
        #expect(test.estate.fees.account(of: bill).isPresent)
    }

    @Test("receipts of deposits and payments have one sequence")
    func receipts() throws {
        try test.do("payment.receive", ["unit": "3-2-502", "amount": "10", "method": "现金"])
        let id = try complete()
        try test.do("renovation.permit", members(id, deposit: "2000", fee: "300"))
        let permit = try #require(try test.renovation(id).permit)
        #expect(test.estate.receiptNumber(permit.receipt, of: permit.node) == "desk-000002")
        try test.do("renovation.permit", members(try complete(), deposit: "2000"))
        try test.do("payment.receive", ["unit": "3-2-503", "amount": "10", "method": "现金"])
        #expect(test.estate.fees.payments.values.map(\.receipt) == [1, 3, 5])
        #expect(test.estate.deposits.movements.map(\.receipt) == [2, 4])
    }

    @Test("works that went beyond their day are told")
    func overdue() throws {
        _ = try test.permitted(until: "2026-05-20", at: "2026-05-02T09:00")
        #expect(try test.only(RenovationsView.self).flags == [.overdue])
    }
}
