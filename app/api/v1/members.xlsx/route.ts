import { GET as csv } from "@/app/api/v1/members.csv/route";
import { asWorkbook } from "@/lib/http/table-file";

export const GET = asWorkbook(csv);
