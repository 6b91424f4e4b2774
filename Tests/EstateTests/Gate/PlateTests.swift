import Handbook
import Testing
import TestSupport

@testable import Estate

@Suite("Plates (Rules, Gate)")
struct PlateTests {
    @Test(
        "plates of the published patterns are recognised (GA 36)",
        arguments: [
            "浙A12345", "京A1B2C3", "沪AD1234", "粤B1234学", "川A1234警", "粤Z1234港", "粤Z1234澳", "鲁B1234挂", "京A1234使",
            "沪A1234领", "浙AD12345", "浙AF12345", "京AA12345", "粤BKA1234", "浙AJX1234",
            "浙A12345D", "浙A12345F",
        ])
    func recognised(text: String) throws {
        #expect(plate(text).isRecognised(by: try Handbook(chapters: Estate.chapters).gate.plates))
    }

    @Test(
        "other texts are not recognised",
        arguments: [
            "A12345", "浙12345", "浙A1234", "浙A123456", "浙AI1234", "浙AO1234", "浙A123I5", "浙AL12345", "浙AI12345",
            "浙ADI1234", "浙A12345E", "浙A1234DF", "浙AD1234A", "中A12345", "浙I12345", "浙O12345", "浙A123挂5", "无牌", "WJ12345",
        ])
    func unrecognised(text: String) throws {
        #expect(!plate(text).isRecognised(by: try Handbook(chapters: Estate.chapters).gate.plates))
    }

    @Test(
        "full-width letters, ·, spaces and lower case are normalised",
        arguments: [
            "浙a·12345", "浙Ａ１２３４５", "浙A 123 45", "浙A•12345", " 浙A-12345　", "浙ａ．１２３４５", "浙A・12345",
            "浙A12345（红色）", "(新车)浙A12345", "浙A‧12345", "'浙A12345", "浙A12345/浙a·12345", "浙A 12345(红", "浙A_12345",
        ])
    func normalised(typed: String) { #expect(plate(typed).text == "浙A12345") }

    @Test(
        "an arrival with any plate is accepted",
        arguments: ["临时牌", "·", "()", "看不清", "看不清/没看见", "ABC", "临时牌照粘在后窗上而且被雨淋得完全看不清楚了", "12345"])
    func neverBlocked(typed: String) throws {
        let test = try TestEstate()
        try test.do(
            "visitor.arrive", ["name": "张三", "host": "3-2-501", "purpose": "探亲", "plate": typed], by: "S03")
        #expect(try test.only(GateView.self).plateState == .unrecognised)
    }

    @Test("无 and a dash are no plate", arguments: ["无", "-", "—", "没有", "/", "无 ", "无牌", "待上牌"])
    func none(typed: String) throws {
        let test = try TestEstate()
        try test.do("visitor.arrive", ["name": "张三", "host": "3-2-501", "purpose": "探亲", "plate": typed])
        #expect(try test.only(GateView.self).plateState == PlateState.none)
    }

    @Test(
        "several plates are told apart",
        arguments: [
            "浙A12345/浙B23456", "浙A12345、浙B23456", "浙A12345 浙B23456", "浙A12345浙B23456", "浙a·12345；浙B·23456",
            "浙A12345(红)，浙B23456(白)",
        ])
    func several(typed: String) throws {
        #expect(plate(typed).text == "浙A12345 浙B23456")
        let test = try TestEstate()
        try test.do("vehicle.add", ["plate": typed, "unit": "3-2-501"])
        #expect(try test.show(VehiclesView.self).compactMap(\.plate?.text) == ["浙A12345", "浙B23456"])
        #expect(
            refusal { try test.do("vehicle.add", ["plate": "浙B23456", "unit": "3-2-502"]) }?.code == "vehicle.exists")
        try test.do("visitor.arrive", ["name": "张三", "host": "3-2-501", "purpose": "探亲", "plate": typed])
        #expect(try test.only(GateView.self).plateState == .known)
        let again = ["name": "李四", "host": "3-2-501", "purpose": "探亲", "plate": "浙B23456"]
        #expect(refusal { try test.do("visitor.arrive", again) }?.code == "visitor.inside")
    }

    @Test("a plate is a resident's, a visitor's, unrecognised or absent")
    func states() throws {
        let test = try TestEstate()
        try test.do("vehicle.add", ["plate": "浙A12345", "unit": "3-2-501"], by: "S03")
        for (typed, state) in [
            ("浙a·12345", PlateState.known), ("浙A54321", .visitor), ("浙A5432", .unrecognised), ("", .none),
        ] {
            try test.do("visitor.arrive", ["name": "张三", "host": "3-2-501", "purpose": "探亲", "plate": typed])
            #expect(try test.show(GateView.self).last?.plateState == state)
        }
    }

    @Test(
        "7.7 a vehicle is found by the last characters of its plate", arguments: ["12345", "2345", "a·12345", "２３４５"])
    func found(typed: String) throws {
        let test = try TestEstate()
        try test.do("vehicle.add", ["plate": "浙A12345", "unit": "3-2-501"])
        try test.do("vehicle.add", ["plate": "浙AD54321", "unit": "3-2-502"])
        let row = try test.only(VehiclesView.self, ["plate": typed])
        #expect(row.plate?.text == "浙A12345")
        #expect(row.owner == "李四")
    }

    @Test("a resident's vehicle that a visitor came in is inside, since when, until it leaves")
    func inside() throws {
        let test = try TestEstate()
        try test.do("vehicle.add", ["plate": "浙A12345", "unit": "3-2-501"])
        try test.do("vehicle.add", ["plate": "浙AD54321", "unit": "3-2-502"])
        let visit = try test.do(
            "visitor.arrive", ["name": "张三", "host": "3-2-502", "purpose": "探亲", "plate": "浙A12345 浙B88888"], by: "S03")
        let arrived = test.estate.gate.visits[ref(visit)]?.arrived
        #expect(try test.show(VehiclesView.self).map { $0.visit?.arrived } == [arrived, nil])
        try test.do("visitor.leave", ["visit": visit], by: "S03")
        #expect(try test.show(VehiclesView.self).allSatisfy { $0.visit == nil })
    }

    /// Typed, as it is kept, and whether it is a plate.
    private static let table: [(typed: String, kept: String, isPlate: Bool)] =
        "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新".map { ("\($0)b·6K8M9", "\($0)B6K8M9", true) } + [
            // Separators.
            ("浙A12345", "浙A12345", true), ("浙A·12345", "浙A12345", true), ("浙A•12345", "浙A12345", true),
            ("浙A.12345", "浙A12345", true), ("浙A-12345", "浙A12345", true), ("浙A_12345", "浙A12345", true),
            ("浙A 12345", "浙A12345", true), ("浙 A 1 2 3 4 5", "浙A12345", true), ("浙A　12345", "浙A12345", true),
            ("浙A－12345", "浙A12345", true), ("浙A：12345", "浙A12345", true), ("浙A*12345", "浙A12345", true),
            ("浙A～12345", "浙A12345", true), ("浙A。12345", "浙A12345", true),
            // Letters of other widths and cases, remarks.
            ("浙a12345", "浙A12345", true), ("浙ａ１２３４５", "浙A12345", true), ("浙A12345(白)", "浙A12345", true),
            ("浙A12345（奔驰，两人）", "浙A12345", true), ("（新车）浙A12345", "浙A12345", true),
            // New energy: small, then large.
            ("浙AD12345", "浙AD12345", true), ("浙AF12345", "浙AF12345", true), ("浙A·DX1234", "浙ADX1234", true),
            ("浙AKA1234", "浙AKA1234", true), ("浙AG00001", "浙AG00001", true), ("浙A12345D", "浙A12345D", true),
            ("浙a-12345f", "浙A12345F", true), ("浙AL12345", "浙AL12345", false), ("浙A12345G", "浙A12345G", false),
            ("浙ADXY234", "浙ADXY234", false), ("浙A1234DD", "浙A1234DD", false),
            // Tails.
            ("浙A1234挂", "浙A1234挂", true), ("浙A1234学", "浙A1234学", true), ("浙A1234警", "浙A1234警", true),
            ("粤Z1234港", "粤Z1234港", true), ("粤Z·1234澳", "粤Z1234澳", true), ("京A1234使", "京A1234使", true),
            ("沪A1234领", "沪A1234领", true), ("浙A12345挂", "浙A12345挂", false), ("浙A挂1234", "浙A挂1234", false),
            ("浙A123挂", "浙A123挂", false),
            // Misread: O for 0, I for 1; too short, too long, without a province or an office.
            ("浙AO1234", "浙AO1234", false), ("浙A0I234", "浙A0I234", false), ("浙O12345", "浙O12345", false),
            ("浙I12345", "浙I12345", false), ("浙A1234", "浙A1234", false), ("浙A123456", "浙A123456", false),
            ("A12345", "A12345", false), ("12345", "12345", false), ("浙12345", "浙12345", false),
            ("浙A1234五", "浙A1234五", false), ("中A12345", "中A12345", false),
            // Other authorities' plates.
            ("WJ京12345", "WJ京12345", false), ("WJ·3112345", "WJ3112345", false), ("军A12345", "军A12345", false),
            ("海B·12345", "海B12345", false), ("空K12345", "空K12345", false), ("民航A1234", "民航A1234", false),
            ("临时牌", "临时牌", false), ("浙A临12345", "浙A临12345", false), ("看不清", "看不清", false),
            // Several.
            ("浙A12345/浙B23456", "浙A12345 浙B23456", true), ("浙A12345、浙B23456", "浙A12345 浙B23456", true),
            ("浙A 12345 浙B 23456", "浙A12345 浙B23456", true), ("浙AD12345浙B23456", "浙AD12345 浙B23456", true),
            ("浙A12345/看不清", "浙A12345 看不清", false), ("浙A12345/浙A·12345", "浙A12345", true),
        ]

    @Test("80 shapes and more: as typed, as kept, recognised or not")
    func shapes() throws {
        let rule = try Handbook(chapters: Estate.chapters).gate.plates
        #expect(PlateTests.table.count >= 80)
        for (typed, kept, isPlate) in PlateTests.table {
            #expect(plate(typed).text == kept, "\(typed)")
            #expect(plate(typed).isRecognised(by: rule) == isPlate, "\(typed)")
        }
    }

    @Test("a second registration of a vehicle is refused")
    func once() throws {
        let test = try TestEstate()
        try test.do("vehicle.add", ["plate": "浙A12345", "unit": "3-2-501"])
        let refused = refusal { try test.do("vehicle.add", ["plate": "浙a12345", "unit": "3-2-502"]) }
        #expect(refused?.code == "vehicle.exists")
    }
}
