import Testing
import TestSupport

@testable import Estate

@Suite("Telephone numbers")
struct PhoneTests {
    @Test(
        "a number is stored as digits without +86 and separators, with its extension",
        arguments: [
            ("+86 138 0000 1111", "13800001111"), ("0086-13800001111", "13800001111"), ("138/0000/1111", "13800001111"),
            ("(0571) 8888-7777", "057188887777"), ("（０５７１）８８８８７７７７", "057188887777"), ("＋８６１３８００００１１１１", "13800001111"),
            ("0571-88887777转123", "057188887777#123"), ("0571-88887777#12", "057188887777#12"),
            ("0571 88887777 x12", "057188887777#12"),
            ("86-138 0000 1111", "13800001111"), ("8613800001111", "13800001111"),
            ("+86 (0)755-12345678", "075512345678"),
            ("+8675512345678", "075512345678"), ("0086 10 6234 5678", "01062345678"), ("013800001111", "13800001111"),
            ("+86 013800001111", "13800001111"), ("13800001111.0", "13800001111"), ("88887777", "88887777"),
            ("88887777-12", "88887777#12"), ("0571-88887777-123", "057188887777#123"),
            ("021-62345678分机801", "02162345678#801"),
            ("400-820-8820", "4008208820"), ("+852 2345 6789", "0085223456789"),
            ("00852-23456789", "0085223456789"), ("0555-1234567", "05551234567"), ("手机：138 0000 1111", "13800001111"),
            ("13800001111（老婆）", "13800001111"), ("老公 13800001111", "13800001111"), ("Tel: 13800001111", "13800001111"),
            ("13800001111/13800001111", "13800001111"), ("13800001111、0571-88887777转1", "13800001111 057188887777#1"),
            ("138 0000 1111 / 139 0000 1111", "13800001111 13900001111"),
            ("13800001111 13900001111", "13800001111 13900001111"),
            ("13800001111（本人）13900001111（老婆）", "13800001111 13900001111"),
        ])
    func phones(typed: String, text: String) { #expect(phone(typed).text == text) }

    @Test(
        "a malformed number is refused",
        arguments: [
            "12", "电话", "1380000111a", "12345678901234567", "+", "1380000111", "138000011112", "12800001111",
            "0571888777",
            "01380000111", "13800001111/22", "0571-88887777/8888", "1380000111113900001111", "138000011112/13900001111",
            "138123４５６",
        ])
    func noPhone(typed: String) {
        #expect(refusal { try Phone(text: typed, zone: .shanghai) }?.code == "phone.malformed")
    }

    @Test(
        "a number of 3 to 6 digits reaches nobody from outside: it is no person's, and can be dialled",
        arguments: ["110", "8012", "95588", "661234", "８０１２", "8012.0"])
    func short(typed: String) throws {
        let refused = refusal { try Phone(text: typed, zone: .shanghai) }
        #expect(refused?.code == "phone.short" && refused?.cause == .input)
        #expect(refused?.message.chinese.contains("短号写进备注") == true)
        let digits = String(typed.halfwidth.prefix { $0 != "." }.filter { ("0"..."9").contains($0) })
        #expect(try Phone(dialled: typed).text == digits)
        #expect(try CallerNumber(text: typed, zone: .shanghai).isUsual)
    }

    @Test("a number of the wrong length is told its length")
    func length() {
        let refused = refusal { try Phone(text: "138123456789", zone: .shanghai) }
        #expect(refused?.message.chinese.contains("12 位") == true)
    }

    @Test(
        "the same telephone is one in every form; an area code that is missing is the estate's",
        arguments: [
            ("13800001111", "+86 138 0000 1111", nil, true), ("13800001111", "0138 0000 1111", nil, true),
            ("13800001111", "13800001112", nil, false), ("0571-88887777", "88887777", nil, true),
            ("0571-88887777", "88887777", "0571", true), ("010-88887777", "88887777", "0571", false),
            ("010-88887777", "0571-88887777", nil, false), ("+8657188887777", "(0571)88887777", nil, true),
            ("0571-88887777转1", "88887777", "0571", true), ("0571-88887777转1", "0571-88887777转2", nil, false),
            ("+852 23456789", "00852 2345 6789", nil, true), ("23456789", "+852 23456789", nil, false),
            ("13800001111、13900001111", "13900001111", nil, true),
        ] as [(String, String, String?, Bool)])
    func same(one: String, other: String, areaCode: String?, isSame: Bool) {
        #expect(phone(one).mayBe(phone(other), areaCode: areaCode) == isSame)
        #expect(phone(other).mayBe(phone(one), areaCode: areaCode) == isSame)
    }

    @Test(
        "all but the first three and the last four digits are masked",
        arguments: [
            ("13800001111", "138****1111"), ("88887777", "****7777"), ("0571-88887777转123", "057*****7777"),
            ("13800001111/13900002222", "138****1111 139****2222"),
        ])
    func masked(typed: String, masked: String) { #expect(phone(typed).masked == masked) }

    @Test("a short number is masked, too")
    func maskedShort() throws { #expect(try Phone(dialled: "110").masked == "*10") }
}
