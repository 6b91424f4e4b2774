import Foundation
import Journal
import Sheets
import TestSupport
import Testing

@testable import Estate

/// Statements as they are exported: titles above the header, notes below, numbers padded with tabs.
@Suite("Import of statements of banks, WeChat and Alipay")
struct StatementImportTests {
    private let test: TestEstate

    init() throws { test = try TestEstate(now: "2026-11-05T15:00") }

    private func imported(_ text: String, gbk: Bool = false, skipKnown: Bool = false, dry: Bool = false) throws
        -> ImportResult
    {
        // GB 18030.
        let encoding = String.Encoding(rawValue: 0x8000_0632)
        let data = try #require(gbk ? text.data(using: encoding) : text.data(using: .utf8))
        let table = try ImportTable(
            Spreadsheet(Array(data)), as: Estate.importKind(named: "banklines"))
        var run = ImportRun()
        (run.skipsKnown, run.isDry) = (skipKnown, dry)
        return try test.store.perform(run, on: table, by: "S07")
    }

    /// `account time sum numbers note` of each line.
    private var lines: [String] {
        test.estate.reconciliations.lines.values.map { line in
            [
                line.account, line.at.display(zone: .shanghai, language: .chinese), line.sum.text,
                line.references.joined(separator: "+"), line.note ?? "",
            ].joined(separator: " ")
        }
    }

    private static let wechat = """
        微信支付账单明细,,,,,,,,
        微信昵称：[翠湖花园物业],,,,,,,,
        起始时间：[2026-10-01 00:00:00] 终止时间：[2026-10-31 23:59:59],,,,,,,,
        导出类型：[全部],,,,,,,,
        导出时间：[2026-11-02 09:12:00],,,,,,,,
        ,,,,,,,,
        共3笔记录,,,,,,,,
        收入：2笔 473.00元,,,,,,,,
        支出：1笔 20.00元,,,,,,,,
        中性交易：0笔 0.00元,,,,,,,,
        注：,,,,,,,,
        1. 充值/提现/理财通购买/零钱通存取/信用卡还款等交易，将计入中性交易,,,,,,,,
        2. 本明细仅展示当前账单中的交易，不包括已删除的记录,,,,,,,,
        3. 本明细仅供个人对账使用,,,,,,,,
        ,,,,,,,,
        ----------------------微信支付账单明细列表--------------------,,,,,,,,
        交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号,商户单号,备注
        2026-10-03 10:00:05,商户消费,李*,"3-2-501 物业费",收入,¥373.00,/,支付成功,"4200002510031234567890123456\t","M202610030001\t","/"
        2026-10-04 11:20:00,二维码收款,王*,"收款",收入,¥100.00,/,已存入零钱,"4200002510041234567890123456\t","/","3-2-502"
        2026-10-05 09:00:00,商户消费,赵*,"收款",收入,¥50.00,/,交易关闭,"4200002510051234567890123456\t","/","/"
        2026-10-06 09:00:00,零钱提现,/,"/",/,¥500.00,/,提现已到账,"4200002510061234567890123456\t","/","/"
        2026-10-07 16:00:00,商户消费-退款,王*,"退款",支出,¥20.00,/,已退款,"4200002510071234567890123456\t","/","/"
        """

    @Test("a WeChat statement: its titles, its states, what neither came nor left", arguments: [false, true])
    func wechat(gbk: Bool) throws {
        let result = try imported(Self.wechat, gbk: gbk)
        #expect(result.imported == 3)
        #expect(
            lines == [
                "微信 2026-10-03 10:00 373.00 4200002510031234567890123456+M202610030001 3-2-501 物业费",
                "微信 2026-10-04 11:20 100.00 4200002510041234567890123456 收款",
                "微信 2026-10-07 16:00 -20.00 4200002510071234567890123456 退款",
            ])
        #expect(test.estate.reconciliations.lines.values.first?.payer.value == "李*")
    }

    @Test("a check tells what came and what left, apart, however the columns say it")
    func totals() throws {
        func sums(_ result: ImportResult) -> [String] { [result.amount.text, result.outgoing.text] }
        #expect(sums(try imported(Self.wechat, dry: true)) == ["473.00", "20.00"])
        let bank = "日期,借方发生额,贷方发生额,流水号\n2026-10-09,,\"1,240.50\",1\n2026-10-10,\"3,000.00\",,2"
        #expect(sums(try imported(bank, dry: true)) == ["1240.50", "3000.00"])
        #expect(lines.isEmpty)
    }

    @Test("what WeChat has paid back as a whole did not come, nor did its refund leave")
    func fullyRefunded() throws {
        let refunded = """
            交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号,商户单号,备注
            2026-10-03 10:00:05,二维码收款,李*,"收款",收入,¥100.00,/,已全额退款,"4200000001\t","/","/"
            2026-10-03 11:00:05,二维码收款-退款,李*,"收款",支出,¥100.00,/,已全额退款,"4200000002\t","/","/"
            2026-10-04 10:00:05,二维码收款,王*,"收款",收入,¥50.00,/,已退款(￥20.00),"4200000003\t","/","/"
            """
        #expect(try imported(refunded).imported == 1)
        #expect(lines == ["微信 2026-10-04 10:00 50.00 4200000003 收款"])
    }

    @Test("an Alipay statement: many titles, a comma at the end, notes below")
    func alipay() throws {
        let titles = (1...22).map { "导出信息第 \($0) 行" }.joined(separator: "\n")
        let text =
            titles
                + """

                ------------------------支付宝支付科技有限公司  电子客户回单------------------------
                交易时间,交易分类,交易对方,对方账号,商品说明,收/支,金额,收/付款方式,交易状态,交易订单号,商家订单号,备注,
                2026-10-03 10:00:05,转账,李四,lis***@a.com,物业费,收入,186.50,余额,交易成功,2026100322001\t,\t,,
                2026-10-03 10:00:05,转账,李四,lis***@a.com,物业费,不计收支,186.50,余额,交易成功,2026100322002\t,\t,,
                2026-10-04 10:00:05,转账,王五,/,物业费,收入,10.00,余额,交易关闭,2026100322003\t,\t,,
                """
        #expect(try imported(text, gbk: true).imported == 1)
        #expect(lines == ["支付宝 2026-10-03 10:00 186.50 2026100322001 物业费"])
    }

    @Test("an Alipay account's details: a column for each direction, comments that begin with #")
    func alipayAccount() throws {
        let text = """
            #支付宝账务明细查询
            #账号：[20881234567890120156]
            #起始日期：[2026年10月01日 00:00:00]   终止日期：[2026年11月01日 00:00:00]
            #-----------------------------------------账务明细列表----------------------------------------
            账务流水号,业务流水号,商户订单号,商品名称,发生时间,对方账号,收入金额（+元）,支出金额（-元）,账户余额（元）,交易渠道,业务类型,备注
            301001\t,2026100322001\t,D1\t,物业费,2026-10-03 10:00:05,li***,186.50,0.00,1186.50,支付宝,在线支付,
            301002\t,2026100322009\t,D1\t,手续费,2026-10-03 10:00:06,支付宝,0.00,-1.12,1185.38,支付宝,收费,
            #-----------------------------------------账务明细列表结束------------------------------------
            #支出合计：1笔，共-1.12元
            #收入合计：1笔，共186.50元
            #导出时间：[2026年11月02日 09:00:00]
            """
        #expect(try imported(text, gbk: true).imported == 2)
        #expect(
            lines == [
                "支付宝 2026-10-03 10:00 186.50 301001+2026100322001+D1 物业费",
                "支付宝 2026-10-03 10:00 -1.12 301002+2026100322009+D1 手续费",
            ])
    }

    @Test("a bank's statement: debit and credit, date and time apart, totals")
    func bank() throws {
        let text = """
            中国某某银行对公账户交易明细
            账号：,6222***1234,户名：,翠湖花园物业服务中心
            交易日期,交易时间,借方发生额,贷方发生额,交易后余额,对方户名,对方账号,摘要,流水号
            20261009,10:11:12,,"1,240.50","9,000.00",李四,6222***9999,3-2-501物业费,000123
            20261010,09:00:00,"3,000.00",,"6,000.00",电力公司,1001,电费,000124
            合计,,"3,000.00","1,240.50",,,,,
            """
        let result = try imported(text)
        #expect(result.imported == 2)
        #expect(
            lines == [
                "银行 2026-10-09 00:00 1240.50 000123 3-2-501物业费", "银行 2026-10-10 00:00 -3000.00 000124 电费",
            ])
    }

    @Test("a WeChat merchant's bill: signs before each cell, a summary with a header of its own")
    func merchant() throws {
        let text = """
            交易时间,公众账号ID,商户号,微信订单号,商户订单号,交易状态,应结订单金额,商品名称
            `2026-10-03 10:00:05,`wx1,`1900,`42000025,`M1,`SUCCESS,`373.00,`物业费
            总交易单数,应结订单总金额,退款总金额
            `1,`373.00,`0.00
            """
        #expect(try imported(text).imported == 1)
        #expect(lines == ["微信 2026-10-03 10:00 373.00 42000025+M1 物业费"])
    }

    @Test(
        "a statement that overlaps is refused line by line, or its known lines are passed over; it goes out and in again"
    )
    func again() throws {
        _ = try imported(Self.wechat)
        #expect(throws: RefusedRows.self) { try imported(Self.wechat) }
        let result = try imported(Self.wechat, skipKnown: true)
        #expect((result.imported, result.known) == (0, 3))
        let export = try test.store.export(
            Estate.importKind(named: "banklines"), as: .csv, by: "S01", .chinese)
        let other = try TestEstate(now: "2026-11-05T15:00")
        let table = try ImportTable(
            Spreadsheet(export.table.bytes), as: Estate.importKind(named: "banklines"))
        _ = try other.store.perform(ImportRun(), on: table, by: "S07")
        #expect(
            try other.rows(BankLinesView.self, of: other.estate).map { Array($0.dropFirst()) }
                == test.rows(BankLinesView.self, of: test.estate).map { Array($0.dropFirst()) })
    }

    @Test("a file of an unknown bank names its account in a column; without one it is told what lacks")
    func account() throws {
        let rows = "日期,金额,流水号\n2026-10-03,10,A1"
        #expect(refusal { try imported(rows) }?.code == "import.column")
        _ = try imported("账户,日期,金额,流水号\n银行,2026-10-03,-10,A1")
        #expect(lines == ["银行 2026-10-03 00:00 -10.00 A1 "])
    }
}
